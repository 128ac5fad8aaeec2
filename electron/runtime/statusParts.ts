import type { CompanySettings } from '../../shared/contract/companySettings.ts';
import type { DirectorySettings } from '../../shared/contract/directory.contract.ts';
import type { MethodCount, statusContract } from '../../shared/contract/status.contract.ts';
import { readBackupRecord, type BackupRecord } from '../services/backups/backupRecord.ts';
import { tooOldAfter } from '../services/backups/backupTimes.ts';
import { readDayLimit } from '../services/email/dayLimit.ts';
import { readEmailSettings } from '../services/email/readEmailSettings.ts';
import type { OutboxStore } from '../services/email/outboxPorts.ts';
import { createStatusService, type StatusPorts } from '../services/status/statusService.ts';
import { createUserCounts, type UserCountPorts } from '../services/status/userCounts.ts';
import type { Facts } from '../services/status/findings.ts';
import type { UserReader } from '../services/users/userReader.ts';
import type { Vault } from '../services/vault/vault.ts';
import type { JobJournal } from './jobs.ts';
import { readable } from './readable.ts';
import type { Services } from './router.ts';

export interface StatusPartsPorts
  extends Pick<StatusPorts, 'server' | 'addresses' | 'isWorking'>, Pick<UserCountPorts, 'settings' | 'usersVersion'> {
  readonly users: UserReader;
  /** Whether there is any user. */
  hasUsers(): boolean;
  readonly journal: JobJournal;
  readonly outbox: OutboxStore;
  readonly vault: Vault;
  /** Why the log is not written at the moment. */
  readonly logs: { problem(): string | undefined };
  company(): CompanySettings;
  directory(): DirectorySettings | null;
  storeDamage(): string | undefined;
  networkTrouble(): Facts['network'];
  requirementsTrouble(): Facts['requirements'];
  now(): number;
  every(intervalMs: number, callback: () => void): () => void;
  changed(): void;
  log(error: unknown): void;
}

/** So often it is looked whether a day has begun on which nobody has counted the users yet. */
const dailyMs = 60 * 60 * 1000;

const backupFacts = ({ last, failure, schedule, tried }: BackupRecord) => ({
  lastAt: last?.at ?? null,
  failure,
  oldAfterMs: schedule && tooOldAfter(schedule),
  scheduledAt: tried,
});

/** Everything of the Status pane, joined. */
export function createStatusParts(ports: StatusPartsPorts): {
  readonly services: Services<{ status: typeof statusContract }>;
  /** Counts users at least once a day until the returned function is called. */
  startCounting(): () => void;
  /** As counted last; null: they were never counted. */
  userCount(): number | null;
  /** Users whose method is the mobile app, as counted last; null: they were never counted. */
  appUsers(): number | null;
  stop(): void;
} {
  const counts = createUserCounts({ ...ports, countUsers: ports.users.methods });
  function counted(isMeant: (count: MethodCount) => boolean): number | null {
    const { countedAt, methods } = counts.latest();
    if (countedAt === null) return null;
    return methods.filter(isMeant).reduce((sum, { complete, incomplete, disabled }) => sum + complete + incomplete + disabled, 0);
  }
  return {
    services: {
      status: createStatusService({
        ...ports,
        counts,
        lastImport: () => ports.journal.lastEnded('import'),
        directory: () => readable(ports.directory, undefined),
        async facts() {
          const unreadable: string[] = [];
          const tell = (problem: string) => void unreadable.push(problem);
          readable(ports.directory, null, tell);
          const email = readable(
            () => readEmailSettings(ports.settings.read('email')),
            { ...readEmailSettings(undefined), sendEmails: false },
            tell,
          );
          const disabledSucceed = readable(() => ports.company().whenDisabled === 'succeed', false, tell);
          return {
            unreadable,
            storeDamage: ports.storeDamage(),
            hasUsers: ports.hasUsers(),
            logProblem: ports.logs.problem(),
            vault: (await ports.vault.state()).state,
            disabledSucceed,
            email,
            dayLimit: readDayLimit(ports.outbox, email, ports.now()),
            mails: ports.outbox.counts(),
            trouble: ports.outbox.trouble(),
            backup: backupFacts(readBackupRecord(ports.settings.read('backups'))),
            network: ports.networkTrouble(),
            requirements: ports.requirementsTrouble(),
          };
        },
      }),
    },
    startCounting: () => ports.every(dailyMs, counts.refresh),
    userCount: () => counted(() => true),
    // Whoever is disabled today may be enabled tomorrow.
    appUsers: () => counted(({ method }) => method === 'app'),
    stop: counts.stop,
  };
}
