import type { VaultState } from '../../../shared/contract/app.contract.ts';
import type { EmailSettings } from '../../../shared/contract/email.contract.ts';
import type { Job } from '../../../shared/contract/jobs.contract.ts';
import type { DayLimit, DeliveryTrouble, MailState } from '../../../shared/contract/outbox.contract.ts';
import { staleAfterMs, type Finding, type MethodCount } from '../../../shared/contract/status.contract.ts';

/** What the findings are drawn from. */
export interface Facts {
  readonly storeDamage: string | undefined;
  /** Saved settings that cannot be read, each as a sentence. */
  readonly unreadable: readonly string[];
  readonly logProblem: string | undefined;
  readonly vault: VaultState['state'];
  readonly disabledSucceed: boolean;
  readonly email: Pick<EmailSettings, 'sendEmails' | 'from'>;
  readonly mails: readonly { readonly state: MailState; readonly count: number }[];
  readonly trouble: DeliveryTrouble | null;
  readonly dayLimit: DayLimit | null;
  /** What of the network cannot be reached. */
  readonly network: { readonly count: number; readonly text: string; readonly at: number } | null;
  /** What of the requirements was not met when they were checked last. */
  readonly requirements: Facts['network'];
  readonly hasDirectory: boolean;
  /** The last import that has ended, if any is remembered. */
  readonly lastImport: Pick<Job, 'state' | 'finishedAt' | 'error'> | undefined;
  readonly users: readonly MethodCount[];
  /** Also known where they were never counted. */
  readonly hasUsers: boolean;
  /** `oldAfterMs`: so long a backup is good by the schedule; null where there is none. */
  readonly backup: {
    readonly lastAt: number | null;
    readonly failure: { readonly at: number; readonly message: string } | null;
    readonly oldAfterMs: number | null;
    readonly scheduledAt: number;
  };
}

const ranks = { error: 0, warning: 1, info: 2 } as const;

/** Without a schedule a backup is too old after so long. */
const oldBackupMs = 30 * 24 * 60 * 60 * 1000;

/** Nobody has to make a backup of a console that is just being tried; somebody who made one once, or a schedule, wants more of them. */
function backupFinding({ lastAt, failure, oldAfterMs, scheduledAt }: Facts['backup'], now: number): Finding | undefined {
  if (failure) return { kind: 'backup-failed', severity: 'warning', text: failure.message, at: failure.at };
  const since = lastAt ?? (oldAfterMs === null ? null : scheduledAt);
  if (since === null || now - since <= (oldAfterMs ?? oldBackupMs)) return undefined;
  return { kind: 'backup-old', severity: 'warning', ...(lastAt !== null && { at: lastAt }) };
}

/** What an administrator should look at, the gravest first. */
export function findingsOf(facts: Facts, now: number): Finding[] {
  const { storeDamage, vault, trouble, dayLimit, lastImport, email, hasDirectory } = facts;
  const mails = (state: MailState) => facts.mails.find((each) => each.state === state)?.count ?? 0;
  const incomplete = facts.users.reduce((sum, each) => sum + each.incomplete, 0);
  const importedAt = lastImport?.state === 'done' ? (lastImport.finishedAt ?? undefined) : undefined;
  const waitsUntil = dayLimit?.nextAt ?? null;
  const findings: (Finding | false | null | undefined)[] = [
    storeDamage !== undefined && { kind: 'store-damaged', severity: 'error', text: storeDamage },
    facts.unreadable.length > 0 && { kind: 'settings-unreadable', severity: 'error', text: facts.unreadable.join(' ') },
    facts.logProblem !== undefined && { kind: 'log-not-written', severity: 'warning', text: facts.logProblem },
    vault === 'unavailable' && { kind: 'keychain-unavailable', severity: 'error' },
    vault === 'locked' && { kind: 'keychain-locked', severity: 'error' },
    trouble && { kind: 'delivery-stopped', severity: 'error', text: trouble.message, at: trouble.since },
    facts.network && { kind: 'network-failed', severity: 'warning', ...facts.network },
    facts.requirements && { kind: 'requirements-failed', severity: 'warning', ...facts.requirements },
    counted('mails-unknown', 'warning', mails('unknown')),
    counted('mails-failed', 'warning', mails('failed')),
    email.sendEmails && email.from === '' && { kind: 'sender-missing', severity: 'warning' },
    facts.disabledSucceed && { kind: 'disabled-succeed', severity: 'warning' },
    lastImport !== undefined &&
      (lastImport.state === 'failed' || lastImport.state === 'interrupted') && {
        kind: 'import-failed',
        severity: 'warning',
        ...(lastImport.error && { text: lastImport.error.message }),
        ...(lastImport.finishedAt !== null && { at: lastImport.finishedAt }),
      },
    backupFinding(facts.backup, now),
    !hasDirectory && { kind: 'directory-missing', severity: 'info' },
    hasDirectory &&
      facts.hasUsers &&
      importedAt !== undefined &&
      now - importedAt > staleAfterMs && { kind: 'directory-stale', severity: 'warning', at: importedAt },
    // Nothing is wrong and nothing is to be done, as with mails that are held.
    waitsUntil !== null && {
      kind: 'mails-limited',
      severity: 'info',
      count: mails('queued') + mails('deferred'),
      at: waitsUntil,
    },
    counted('mails-held', 'info', mails('held')),
    counted('users-incomplete', 'info', incomplete),
  ];
  return findings.filter((each): each is Finding => Boolean(each)).toSorted((a, b) => ranks[a.severity] - ranks[b.severity]);
}

function counted(kind: Finding['kind'], severity: Finding['severity'], count: number): Finding | undefined {
  return count > 0 ? { kind, severity, count } : undefined;
}
