import { directoryTimeouts, type DirectorySettings } from '../../../../shared/contract/directory.contract.ts';
import type { Entry } from '../../../../shared/directory/entry.ts';
import type { ReadSummary } from '../../../../shared/contract/common.ts';
import { Secret } from '../../../../shared/lib/secret.ts';
import { defaultSettings } from '../kinds.ts';
import type { DirectorySession, DirectoryTarget, SearchRequest } from '../directoryPort.ts';

export const testPassword = new Secret('correct horse');
export const neverAborted: AbortSignal = new AbortController().signal;

/** Settings for a server of a test: plain LDAP on loopback unless said otherwise, with short limits. */
export function testTarget(port: number, changes: Partial<DirectorySettings> = {}): DirectoryTarget {
  const settings: DirectorySettings = {
    ...defaultSettings.ad,
    servers: [{ host: '127.0.0.1', port, security: 'none' }],
    allowPlainText: true,
    baseDn: 'DC=contoso,DC=example',
    bindDn: 'CN=MFA Service,OU=Service Accounts,DC=contoso,DC=example',
    timeouts: directoryTimeouts.parse({ connectMs: 5000, firstAnswerMs: 5000, idleMs: 5000, totalMs: 30_000 }),
    ...changes,
  };
  return { settings, password: testPassword };
}

/** Reads to the end. */
export async function collect(
  session: DirectorySession,
  request: Partial<SearchRequest>,
  signal: AbortSignal = neverAborted,
): Promise<{ entries: Entry[]; summary: ReadSummary; pages: number }> {
  const entries: Entry[] = [];
  const reading = session.search(
    { base: 'DC=contoso,DC=example', scope: 'sub', filter: '(objectClass=user)', attributes: ['cn'], ...request },
    signal,
  );
  for (let pages = 0; ; pages += 1) {
    const next = await reading.next();
    if (next.done === true) return { entries, summary: next.value, pages };
    entries.push(...next.value.entries);
  }
}

export function text(entry: Entry | undefined, index: number): string[] {
  return (entry?.values[index] ?? []).map((value) => Buffer.from(value).toString('utf8'));
}
