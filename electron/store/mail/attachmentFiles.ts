import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../shared/contract/errors.ts';
import type { MailAttachment } from '../../../shared/email/templateContent.ts';
import type { AttachmentFiles } from '../../services/email/templates/templatePorts.ts';

/** Nobody takes so long to copy a file: what is older was left by a process that ended badly. */
const abandonedMs = 60 * 60 * 1000;
/** The attachments of one mail fit in, with those of another of usual size. */
const rememberedBytes = 24 * 1024 * 1024;
/** Bytes that are read at once; between them everything else has its turn. */
const chunkBytes = 256 * 1024;

/** Opens the file when its first part is asked for: an error of a stream that nobody listens to yet would end the process. */
async function* chunksOf(path: string): AsyncGenerator<Uint8Array, void> {
  yield* createReadStream(path, { highWaterMark: chunkBytes }) as AsyncIterable<Uint8Array>;
}

/** Keeps attachments in a folder, each under its SHA-256. `source`: where a complete upload lies. */
export function createAttachmentFiles(folder: string, source: (uploadId: string) => { readonly path: string }): AttachmentFiles {
  /** Files that are what their name says, by the time of their last change; the last ones used: a mail is made thousands of times. */
  const remembered = new Map<string, { readonly changedAtMs: number; readonly content: Uint8Array }>();
  const pathOf = (sha256: string): string => join(folder, sha256);

  function removeAbandoned(): void {
    for (const name of readdirSync(folder)) {
      if (!name.endsWith('.part')) continue;
      const path = join(folder, name);
      if (Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > abandonedMs) rmSync(path, { force: true });
    }
  }

  /** On disk before it has its name, so that nothing half-written ever has one. */
  async function keep(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Omit<MailAttachment, 'name'>> {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    removeAbandoned();
    const part = join(folder, `${randomUUID()}.part`);
    try {
      const hash = createHash('sha256');
      let bytes = 0;
      const handle = await open(part, 'wx', 0o600);
      try {
        for await (const chunk of chunks) {
          hash.update(chunk);
          bytes += chunk.length;
          await handle.writeFile(chunk);
        }
        await handle.sync();
      } finally {
        await handle.close();
      }
      const sha256 = hash.digest('hex');
      // The same content may be there already, or be damaged: this one is right.
      await rename(part, pathOf(sha256));
      return { sha256, bytes };
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
  }

  function remember(sha256: string, changedAtMs: number, content: Uint8Array): void {
    remembered.delete(sha256);
    remembered.set(sha256, { changedAtMs, content });
    let bytes = [...remembered.values()].reduce((sum, one) => sum + one.content.length, 0);
    for (const [key, one] of remembered) {
      if (bytes <= rememberedBytes) break;
      bytes -= one.content.length;
      remembered.delete(key);
    }
  }

  const statOf = ({ sha256 }: MailAttachment) => statSync(pathOf(sha256), { throwIfNoEntry: false });
  const missing = ({ name }: MailAttachment) =>
    new AppError('attachment-missing', `The attachment "${name}" is not in the data folder any more, or was changed there.`, {
      details: { name, folder },
    });

  return {
    keepUpload: async (uploadId) => keep(chunksOf(source(uploadId).path)),
    keepBytes: (content) =>
      keep(
        (function* () {
          for (let at = 0; at < content.length; at += chunkBytes) yield content.subarray(at, at + chunkBytes);
        })(),
      ),
    isThere: (attachment) => statOf(attachment)?.size === attachment.bytes,
    async read(attachment) {
      const found = statOf(attachment);
      if (found?.size !== attachment.bytes) throw missing(attachment);
      const before = remembered.get(attachment.sha256);
      if (before?.changedAtMs === found.mtimeMs) return before.content;
      const content = await readFile(pathOf(attachment.sha256)).catch(() => {
        throw missing(attachment);
      });
      if (createHash('sha256').update(content).digest('hex') !== attachment.sha256) throw missing(attachment);
      remember(attachment.sha256, found.mtimeMs, content);
      return content;
    },
  };
}
