import type { Implementation } from '../../../shared/contract/define.ts';
import type { DirectorySettings } from '../../../shared/contract/directory.contract.ts';
import type { Job } from '../../../shared/contract/jobs.contract.ts';
import type { statusContract } from '../../../shared/contract/status.contract.ts';
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
  directory(): DirectorySettings | null;
  /** Newest first. */
  jobs(limit: number): readonly Job[];
  now(): number;
}

/** Among so many jobs the last import is looked for. */
const lookedThrough = 200;

/** The state of this server at a glance. */
export function createStatusService(ports: StatusPorts): Implementation<typeof statusContract, Call> {
  return {
    async overview() {
      const counted = ports.counts.latest();
      const directory = ports.directory();
      const lastImport = ports.jobs(lookedThrough).find(({ kind, state }) => kind === 'import' && state !== 'running');
      const facts: Facts = { ...(await ports.facts()), users: counted.methods, hasDirectory: directory !== null, lastImport };
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
        findings: findingsOf(facts, ports.now()),
      };
    },
  };
}
