import { rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import type { SupportEntry } from '../../../shared/contract/support.contract.ts';
import type { BundleRequest, SupportBundles } from '../../services/support/supportService.ts';
import { createHeldFiles } from './heldFiles.ts';

export interface SupportBundlePorts {
  /** Where bundles lie until they are fetched. */
  readonly folder: string;
  now(): number;
  /** Writes one and says what is in it. */
  write(
    request: Omit<BundleRequest, 'jobId' | 'known'> & { path: string; known: readonly string[]; home: string; now: number },
    signal: AbortSignal,
  ): Promise<SupportEntry[]>;
}

/** Bundles that were written for somebody who looks at them and fetches them. */
export function createSupportBundles({ folder, now, write }: SupportBundlePorts): SupportBundles & { close(): void } {
  const files = createHeldFiles<{ readonly bytes: number; readonly entries: readonly SupportEntry[] }>(folder, 'zip', now);
  return {
    async write({ jobId, known, ...request }, signal) {
      const path = files.pathFor(jobId);
      try {
        const secrets = known.map((secret) => secret.reveal());
        const entries = await write({ ...request, path, known: secrets, home: homedir(), now: now() }, signal);
        files.hold(jobId, { bytes: statSync(path).size, entries });
      } catch (error) {
        rmSync(path, { force: true });
        throw error;
      }
    },
    contents: (jobId) => files.facts(jobId),
    part: files.part,
    discard: files.discard,
    close: files.close,
  };
}
