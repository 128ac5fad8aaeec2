import type { Implementation } from '../../../shared/contract/define.ts';
import type { supportContract, SupportEntry, SupportPart } from '../../../shared/contract/support.contract.ts';
import type { Secret } from '../../../shared/lib/secret.ts';
import type { Call, JobStarter } from '../../runtime/call.ts';

/** One file of a bundle as it was gathered: still with names, and perhaps with what must not be there. */
export interface GatheredFile {
  readonly name: string;
  readonly part: SupportPart;
  readonly content: unknown;
}

export interface BundleRequest {
  readonly jobId: string;
  readonly files: readonly GatheredFile[];
  readonly withNames: boolean;
  /** Base64: what makes pseudonyms the same in each bundle, and nothing that others know. */
  readonly salt: string;
  /** Passwords that the console keeps: they must not be in the bundle wherever somebody wrote them. */
  readonly known: readonly Secret[];
}

/** Bundles in the data folder. They add log files and counts of the store, and clean all of it. */
export interface SupportBundles {
  /** Works in a thread of its own. Rejects with an AppError, or with the signal's reason. */
  write(request: BundleRequest, signal: AbortSignal): Promise<void>;
  /** Throws AppError `not-found`. */
  contents(jobId: string): { readonly bytes: number; readonly entries: readonly SupportEntry[] };
  /** Throws AppError `not-found`. */
  part(jobId: string, offset: number): Promise<{ readonly bytes: Uint8Array; readonly next: number | null }>;
  discard(jobId: string): void;
}

export interface SupportPorts {
  readonly bundles: SupportBundles;
  readonly jobs: JobStarter;
  gather(call: Call): Promise<readonly GatheredFile[]>;
  /** Those that can be read without asking somebody. */
  knownSecrets(): Promise<readonly Secret[]>;
  /** The one that was saved, or a new one. Base64. */
  salt(): string;
}

/** Collects what helps to find out what is wrong, without what nobody else may know. */
export function createSupportService(ports: SupportPorts): Implementation<typeof supportContract, Call> {
  const { bundles } = ports;
  return {
    async prepare({ withNames }, call) {
      const jobId = await ports.jobs.start(call, {
        kind: 'support-bundle',
        subject: '',
        async run({ jobId: id, signal, progress }) {
          progress({ phase: 'support-bundle' });
          const [files, known] = await Promise.all([ports.gather(call), ports.knownSecrets()]);
          await bundles.write({ jobId: id, files, withNames, salt: ports.salt(), known }, signal);
          const { length } = bundles.contents(id).entries;
          progress({ done: length, total: length });
        },
      });
      return { jobId };
    },
    async contents({ jobId }) {
      const { bytes, entries } = bundles.contents(jobId);
      return { bytes, entries: [...entries] };
    },
    async part({ jobId, offset }) {
      const { bytes, next } = await bundles.part(jobId, offset);
      return { base64: Buffer.from(bytes).toString('base64'), next };
    },
    async discard({ jobId }) {
      bundles.discard(jobId);
      return null;
    },
  };
}
