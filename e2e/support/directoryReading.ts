import { readFileSync } from 'node:fs';
import type { ReadSummary } from '../../shared/contract/common.ts';
import { directoryTimeouts, type DirectorySettings, type Security } from '../../shared/contract/directory.contract.ts';
import { isAppError, type ErrorCode } from '../../shared/contract/errors.ts';
import type { Entry, PeoplePage, UnreadablePerson } from '../../shared/directory/entry.ts';
import { Secret } from '../../shared/lib/secret.ts';
import type { DirectoryTarget } from '../../electron/services/directory/directoryPort.ts';
import { defaultSettings } from '../../electron/services/directory/kinds.ts';
import type { Samba } from '../servers/startSamba.ts';
import type { Slapd } from '../servers/startSlapd.ts';

type Target = DirectoryTarget & { readonly settings: DirectorySettings };

const waitMs = directoryTimeouts.parse({ connectMs: 5_000, firstAnswerMs: 10_000, idleMs: 10_000, totalMs: 60_000 });

/** Signs in to the test domain as the console would: LDAPS, its authority trusted. */
export function sambaTarget(samba: Samba, changes: Partial<DirectorySettings> = {}, password = samba.password): Target {
  const settings: DirectorySettings = {
    ...defaultSettings.ad,
    servers: [{ host: samba.host, port: 636, security: 'ldaps' }],
    baseDn: samba.baseDn,
    bindDn: samba.bindDn,
    caPem: readFileSync(samba.authorityFile, 'utf8'),
    timeouts: waitMs,
    ...changes,
  };
  return { settings, password: new Secret(password) };
}

/** Signs in to an OpenLDAP server. `caFile` names the authority that is trusted besides those of this computer. */
export function slapdTarget(
  slapd: Slapd,
  { security = 'none', caFile, host = '127.0.0.1' }: { security?: Security; caFile?: string; host?: string } = {},
  changes: Partial<DirectorySettings> = {},
): Target {
  const settings: DirectorySettings = {
    ...defaultSettings.openldap,
    servers: [{ host, port: security === 'ldaps' ? slapd.ldapsPort : slapd.port, security }],
    baseDn: slapd.baseDn,
    bindDn: slapd.bindDn,
    allowPlainText: security === 'none',
    caPem: caFile === undefined ? '' : readFileSync(caFile, 'utf8'),
    timeouts: waitMs,
    ...changes,
  };
  return { settings, password: new Secret(slapd.password) };
}

export interface ReadAll {
  readonly entries: readonly Entry[];
  readonly unreadable: readonly UnreadablePerson[];
  readonly pages: number;
  readonly summary: ReadSummary;
}

/** Takes every page of a read, and what it says at its end. */
export async function readAll(
  pages: AsyncGenerator<Pick<PeoplePage, 'entries'> & Partial<Pick<PeoplePage, 'unreadable'>>, ReadSummary, void>,
): Promise<ReadAll> {
  const entries: Entry[] = [];
  const unreadable: UnreadablePerson[] = [];
  for (let count = 0; ; count++) {
    const next = await pages.next();
    if (next.done === true) return { entries, unreadable, pages: count, summary: next.value };
    entries.push(...next.value.entries);
    unreadable.push(...(next.value.unreadable ?? []));
  }
}

/** The first value of the i-th attribute as text; empty where there is none. */
export function textOf(entry: Entry, index: number): string {
  return Buffer.from(entry.values[index]?.[0] ?? []).toString('utf8');
}

/** The code with which `action` fails; fails itself when it does not, or with something that is no AppError. */
export async function failureOf(action: Promise<unknown>): Promise<{ code: ErrorCode; details: Readonly<Record<string, unknown>> }> {
  try {
    await action;
  } catch (error) {
    if (isAppError(error)) return { code: error.code, details: error.details ?? {} };
    throw error;
  }
  throw new Error('It did not fail.');
}
