import type { Implementation } from '../../../shared/contract/define.ts';
import type { DirectorySettings } from '../../../shared/contract/directory.contract.ts';
import type { Job } from '../../../shared/contract/jobs.contract.ts';
import type { Finding, statusContract } from '../../../shared/contract/status.contract.ts';
import type { Call } from '../../runtime/call.ts';
import { findingsOf, type Facts } from './findings.ts';
import type { UserCounts } from './userCounts.ts';

export interface StatusPorts {
  readonly server: { readonly name: string; readonly version: string; readonly host: string; readonly startedAt: number };
  /** Addresses under which others reach this computer. */
  addresses(): string[];
  isWorking(): boolean;
  readonly counts: UserCounts;
  facts(): Promise<Omit<Facts, 'users' | 'hasDirectory' | 'lastImport'>>;
  /** Undefined: they cannot be read, of which the facts tell. */
  directory(): DirectorySettings | null | undefined;
  /** The newest import that runs no more. */
  lastImport(): Job | undefined;
  now(): number;
}

/** The state of this server at a glance. */
export function createStatusService(ports: StatusPorts): Implementation<typeof statusContract, Call> {
  async function findings(known: Pick<Facts, 'users' | 'hasDirectory' | 'lastImport'>): Promise<Finding[]> {
    return findingsOf({ ...(await ports.facts()), ...known }, ports.now());
  }

  return {
    async overview() {
      const counted = ports.counts.latest();
      const directory = ports.directory();
      const lastImport = ports.lastImport();
      const [first] = directory?.servers ?? [];
      return {
        server: { ...ports.server, addresses: ports.addresses(), isWorking: ports.isWorking() },
        users: { countedAt: counted.countedAt, methods: [...counted.methods] },
        enrolment: [...ports.counts.days()],
        directory: {
          server: first ? first.host : null,
          lastImport: lastImport
            ? {
                at: lastImport.finishedAt ?? lastImport.startedAt,
                state: lastImport.state,
                people: lastImport.done,
                subject: lastImport.subject,
              }
            : null,
        },
        findings: await findings({ users: counted.methods, hasDirectory: directory !== null, lastImport }),
      };
    },
    findings: () =>
      findings({ users: ports.counts.known().methods, hasDirectory: ports.directory() !== null, lastImport: ports.lastImport() }),
  };
}
