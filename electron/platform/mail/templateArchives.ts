import { createHash, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../../../shared/contract/errors.ts';
import { attachmentMaxBytes } from '../../../shared/email/attachmentLimits.ts';
import type { ArchiveFile, TemplateArchives } from '../../services/email/templates/templatePorts.ts';
import { createHeldFiles } from '../node/heldFiles.ts';

/** Loaded when somebody needs it: most starts do not. */
const loadZip = () => import('fflate');

/** An archive with all templates in ten languages is far smaller; attachments make it large. */
const archiveMaxBytes = 200 * 1024 * 1024;
const mostFiles = 5_000;
/** Bytes that are packed at once; between them everything else has its turn. */
const chunkBytes = 256 * 1024;

/** Zip files with templates. `source`: where a complete upload lies. */
export function createTemplateArchives(
  folder: string,
  source: (uploadId: string) => { readonly path: string },
  now: () => number,
): TemplateArchives & { close(): void } {
  const files = createHeldFiles<null>(folder, 'zip', now);

  return {
    async write(entries) {
      const { Zip, ZipDeflate, ZipPassThrough } = await loadZip();
      const exportId = randomUUID();
      const path = files.pathFor(exportId);
      const handle = await open(path, 'wx', 0o600);
      let bytes = 0;
      try {
        let packed: Uint8Array[] = [];
        let failure: Error | null = null;
        const zip = new Zip((error, chunk) => {
          failure ??= error;
          packed.push(chunk);
        });
        const flush = async (): Promise<void> => {
          if (failure) throw failure;
          for (const chunk of packed) {
            await handle.writeFile(chunk);
            bytes += chunk.length;
          }
          packed = [];
          await nextTurn();
        };
        for await (const { name, content } of entries) {
          // Attachments are mostly packed in themselves.
          const entry = name.endsWith('.txt') ? new ZipDeflate(name) : new ZipPassThrough(name);
          entry.mtime = now();
          zip.add(entry);
          for (let at = 0; at < content.length || at === 0; at += chunkBytes) {
            entry.push(content.subarray(at, at + chunkBytes), at + chunkBytes >= content.length);
            await flush();
          }
        }
        zip.end();
        await flush();
      } catch (error) {
        await handle.close();
        rmSync(path, { force: true });
        throw error;
      }
      await handle.close();
      files.hold(exportId, null);
      return { exportId, bytes };
    },
    part: files.part,
    discard: files.discard,
    close: files.close,

    async read(uploadId) {
      const { path } = source(uploadId);
      if ((await stat(path)).size > archiveMaxBytes) throw tooLarge('The archive has more than 200 MB.');
      return unpacked(await readFile(path));
    },
    sha256: (content) => createHash('sha256').update(content).digest('hex'),
  };
}

/** One file after the other, so that everything else has its turn in between. */
async function unpacked(archive: Uint8Array): Promise<ArchiveFile[]> {
  const { unzipSync } = await loadZip();
  const unpack = (filter: (file: { name: string; originalSize: number }) => boolean): Record<string, Uint8Array> => {
    try {
      return unzipSync(archive, { filter });
    } catch (cause) {
      if (cause instanceof AppError) throw cause;
      throw new AppError('file-not-readable', 'The file is no zip archive, or it is damaged.', { cause });
    }
  };
  const names: string[] = [];
  let total = 0;
  unpack(({ name, originalSize }) => {
    if (name.endsWith('/')) return false;
    names.push(name);
    total += originalSize;
    if (names.length > mostFiles) throw tooLarge('The archive has more than 5,000 files.');
    if (originalSize > attachmentMaxBytes) throw tooLarge(`"${name}" in the archive has more than 10 MB.`);
    if (total > archiveMaxBytes) throw tooLarge('The files of the archive have more than 200 MB together.');
    return false;
  });
  const files: ArchiveFile[] = [];
  for (let at = 0; at < names.length; at += 20) {
    const some = new Set(names.slice(at, at + 20));
    const contents = unpack(({ name }) => some.has(name));
    files.push(...Object.entries(contents).map(([name, content]) => ({ name: name.replaceAll('\\', '/'), content })));
    await nextTurn();
  }
  return files;
}

const tooLarge = (sentence: string): AppError => new AppError('file-too-large', sentence);
