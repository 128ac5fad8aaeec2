import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../shared/contract/errors.ts';
import { createUtf8Census, type Utf8Census } from '../../../shared/csv/encoding.ts';
import type { Upload, Uploads } from '../../services/csv/csvPorts.ts';

export interface UploadFiles extends Uploads {
  /** Where a complete upload lies, and its name. Throws AppError `not-found` or `conflict`. */
  source(uploadId: string): { readonly path: string; readonly name: string };
  /** Removes what nobody has asked about for an hour, also of processes that ended badly. */
  cleanUp(): void;
  /** Removes the uploads of this process. */
  close(): void;
}

/** Uploads of one process at a time. */
const mostUploads = 16;
const idleMs = 60 * 60 * 1000;

/**
 * Keeps uploaded files in a folder of their own. They may hold PINs: only this account reads them (0600), and they go as soon
 * as nobody needs them. An upload belongs to the process that began it.
 */
export function createUploadFiles(folder: string, now: () => number): UploadFiles {
  const uploads = new Map<string, { upload: Upload; census: Utf8Census; busy: boolean }>();
  const pathOf = (uploadId: string): string => join(folder, `${uploadId}.part`);

  function known(uploadId: string) {
    const found = uploads.get(uploadId);
    if (!found) throw new AppError('not-found', 'There is no such file, or it has been removed. Choose it again.');
    return found;
  }

  /** Somebody still works with it. */
  function touch(uploadId: string): void {
    const at = new Date(now());
    utimesSync(pathOf(uploadId), at, at);
  }

  function discard(uploadId: string): void {
    known(uploadId);
    uploads.delete(uploadId);
    rmSync(pathOf(uploadId), { force: true });
  }

  function cleanUp(): void {
    if (!existsSync(folder)) return;
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) < idleMs) continue;
      uploads.delete(name.replace(/\.part$/, ''));
      rmSync(path, { force: true });
    }
  }

  return {
    begin(name, bytes) {
      cleanUp();
      if (uploads.size >= mostUploads)
        throw new AppError('conflict', 'Too many files are being imported at the same time. Finish or close one of them.');
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const uploadId = randomUUID();
      writeFileSync(pathOf(uploadId), '', { mode: 0o600, flag: 'wx' });
      uploads.set(uploadId, {
        upload: { name, bytes, received: 0, census: { characters: 0, wrong: 0 } },
        census: createUtf8Census(),
        busy: false,
      });
      return uploadId;
    },
    async append(uploadId, offset, part) {
      const entry = known(uploadId);
      const { upload, census } = entry;
      if (entry.busy || offset !== upload.received || offset + part.length > upload.bytes) {
        throw new AppError('conflict', 'This part does not belong here.', { details: { expected: upload.received, offset } });
      }
      entry.busy = true;
      try {
        const handle = await open(pathOf(uploadId), 'r+');
        try {
          await handle.write(part, 0, part.length, offset);
        } finally {
          await handle.close();
        }
        census.add(part);
        entry.upload = { ...upload, received: offset + part.length, census: census.counts() };
        return offset + part.length;
      } finally {
        entry.busy = false;
      }
    },
    get: (uploadId) => known(uploadId).upload,
    async readStart(uploadId, bytes) {
      known(uploadId);
      touch(uploadId);
      const handle = await open(pathOf(uploadId), 'r');
      try {
        const buffer = new Uint8Array(bytes);
        const { bytesRead } = await handle.read(buffer, 0, bytes, 0);
        return buffer.subarray(0, bytesRead);
      } finally {
        await handle.close();
      }
    },
    discard,
    source(uploadId) {
      const { upload } = known(uploadId);
      if (upload.received < upload.bytes) throw new AppError('conflict', 'The file has not arrived completely.');
      touch(uploadId);
      return { path: pathOf(uploadId), name: upload.name };
    },
    cleanUp,
    close() {
      for (const uploadId of [...uploads.keys()]) discard(uploadId);
    },
  };
}
