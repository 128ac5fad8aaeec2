import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../shared/contract/errors.ts';

const partBytes = 512 * 1024;
const lifeMs = 60 * 60 * 1000;

/**
 * Files that were written for somebody who fetches them in parts. One goes when it is discarded, at the end of the process, or after an hour; so do
 * those of processes that ended badly. `Facts`: what is known about each besides.
 */
export function createHeldFiles<Facts>(folder: string, extension: 'csv' | 'zip', now: () => number) {
  const held = new Map<string, Facts>();
  const pathOf = (id: string): string => join(folder, `${id}.${extension}`);

  function factsOf(id: string): Facts {
    const found = held.get(id);
    if (found === undefined) throw new AppError('not-found', 'There is no such export, or its file has been removed. Start it again.');
    return found;
  }

  function removeOld(): void {
    if (!existsSync(folder)) return;
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      const written = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
      if (now() - written < lifeMs) continue;
      held.delete(name.replace(/\.[a-z]+$/, ''));
      rmSync(path, { force: true });
    }
  }

  function discard(id: string): void {
    factsOf(id);
    rmSync(pathOf(id), { force: true });
    held.delete(id);
  }

  return {
    /** Where the file of a new export is to be written. */
    pathFor(id: string): string {
      removeOld();
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      return pathOf(id);
    },
    /** The file is complete. */
    hold: (id: string, facts: Facts): void => void held.set(id, facts),
    /** Throws AppError `not-found`. */
    facts: factsOf,
    /** Throws AppError `not-found`. */
    async part(id: string, offset: number): Promise<{ bytes: Uint8Array; next: number | null; facts: Facts }> {
      const facts = factsOf(id);
      const handle = await open(pathOf(id), 'r');
      try {
        const buffer = new Uint8Array(partBytes);
        const { bytesRead } = await handle.read(buffer, 0, partBytes, offset);
        const { size } = await handle.stat();
        const end = offset + bytesRead;
        return { bytes: buffer.subarray(0, bytesRead), next: bytesRead > 0 && end < size ? end : null, facts };
      } finally {
        await handle.close();
      }
    },
    discard,
    close(): void {
      for (const id of [...held.keys()]) discard(id);
    },
  };
}
