import type { CompanySettings } from '../../shared/contract/companySettings.ts';
import type { DirectorySettings } from '../../shared/contract/directory.contract.ts';
import type { auditContract } from '../../shared/contract/audit.contract.ts';
import type { logsContract } from '../../shared/contract/logs.contract.ts';
import { createAuditService, type AuditPorts } from '../services/audit/auditService.ts';
import type { statusContract } from '../../shared/contract/status.contract.ts';
import type { backupsContract } from '../../shared/contract/backups.contract.ts';
import type { supportContract } from '../../shared/contract/support.contract.ts';
import { createBackups, type BackupFiles, type BackupPorts, type Backups } from '../services/backups/backupService.ts';
import { readEmailSettings } from '../services/email/readEmailSettings.ts';
import { createLogService, readLogSettings, type LogReader } from '../services/logs/logService.ts';
import { readNetworkSettings } from '../services/network/readNetworkSettings.ts';
import { createSupportService, type SupportBundles } from '../services/support/supportService.ts';
import { openWithPassphrase } from '../services/vault/envelope.ts';
import type { Vault } from '../services/vault/vault.ts';
import type { CheckHistory } from './checkHistory.ts';
import type { Call, JobStarter } from './call.ts';
import type { JobJournal } from './jobs.ts';
import type { Services } from './router.ts';

export interface RecordPartsPorts extends Pick<BackupPorts, 'version' | 'serverName' | 'now' | 'every' | 'defaultFolder' | 'join'> {
  readonly backups: BackupFiles;
  readonly restores: BackupPorts['restores'];
  readonly uploaded: BackupPorts['uploaded'];
  isWorking(): boolean;
  /** Whether a path says where it begins, on this computer. */
  isAbsolutePath(path: string): boolean;
  readonly log: { warn(details: object, message: string): void };
  readonly bundles: SupportBundles;
  readonly jobs: JobStarter;
  readonly journal: JobJournal;
  readonly vault: Vault;
  readonly status: Services<{ status: typeof statusContract }>['status'];
  readonly settings: {
    read(name: string): unknown;
    write(name: string, value: unknown): void;
    change(name: string, next: (before: unknown) => unknown): void;
  };
  /** What the last checks found. */
  readonly checks: { readonly histories: Readonly<Record<'network' | 'requirements', Pick<CheckHistory, 'latest'>>> };
  company(): CompanySettings;
  directory(): DirectorySettings | null;
  readonly audit: AuditPorts;
  readonly logs: { readonly reader: LogReader; readonly folder: string };
  /** Versions of what runs, and facts about this computer. */
  versions(): Record<string, unknown>;
  /** 32 random bytes, Base64. */
  newSalt(): string;
}

const auditEntries = 500;
const newestJobs = 200;

/** What is kept and told about the console itself, joined: backups, support bundles, logs and audit. */
export function createRecordParts(ports: RecordPartsPorts): {
  readonly services: Services<{
    backups: typeof backupsContract;
    support: typeof supportContract;
    audit: typeof auditContract;
    logs: typeof logsContract;
  }>;
  readonly startSchedule: Backups['startSchedule'];
} {
  const { settings } = ports;

  /** One thing that cannot be read must not keep the others from being looked at. */
  function tried(read: () => unknown): unknown {
    try {
      return read();
    } catch (error) {
      return { problem: error instanceof Error ? error.message : String(error) };
    }
  }

  async function gather(call: Call) {
    const { findings = [], ...overview } = await ports.status
      .overview(null, call)
      .catch((error: unknown) => ({ findings: [], problem: error instanceof Error ? error.message : String(error) }));
    return [
      { name: 'versions.json', part: 'versions', content: ports.versions() },
      {
        name: 'settings.json',
        part: 'settings',
        content: {
          directory: tried(ports.directory),
          email: tried(() => readEmailSettings(settings.read('email'))),
          company: tried(ports.company),
          network: readNetworkSettings(settings.read('network')),
          logging: readLogSettings(settings.read('logging')),
        },
      },
      { name: 'status.json', part: 'status', content: overview },
      { name: 'health.json', part: 'health', content: findings },
      { name: 'network.json', part: 'network', content: tried(() => ports.checks.histories.network.latest()) },
      { name: 'requirements.json', part: 'requirements', content: tried(() => ports.checks.histories.requirements.latest()) },
      { name: 'jobs.json', part: 'jobs', content: tried(() => ports.journal.list({ limit: newestJobs, running: false })) },
      { name: 'audit.json', part: 'audit', content: tried(() => ports.audit.list({ limit: auditEntries })) },
    ] as const;
  }

  function salt(): string {
    settings.change('supportSalt', (before) => (typeof before === 'string' ? before : ports.newSalt()));
    return settings.read('supportSalt') as string;
  }

  const backups = createBackups({
    ...ports,
    files: ports.backups,
    sealKey: ports.vault.keySealedWith,
    checkPassphrase: openWithPassphrase,
    isAbsolute: ports.isAbsolutePath,
    log: (error) => ports.log.warn({ err: error }, 'A scheduled backup could not be begun.'),
  });

  return {
    services: {
      backups: backups.service,
      audit: createAuditService(ports.audit),
      logs: createLogService({ ...ports.logs, settings }),
      support: createSupportService({ bundles: ports.bundles, jobs: ports.jobs, gather, knownSecrets: ports.vault.openAll, salt }),
    },
    startSchedule: backups.startSchedule,
  };
}
