import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { uploadPartBytes } from '../../shared/contract/csv.contract.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { text } from './text.ts';
import type { ConsoleClient, Terminal } from './verb.ts';

type ReadPart = (offset: number) => Promise<Uint8Array>;

/** Hands a file to the console, part by part. Rejects with `not-found` when there is none. */
export async function uploadFile(client: ConsoleClient, terminal: Terminal, file: string): Promise<string> {
  const { size } = await stat(file).catch((cause: unknown) => {
    throw new AppError('not-found', `The file ${file} cannot be read.`, { cause, details: { file } });
  });
  const handle = await open(file, 'r');
  try {
    const buffer = Buffer.alloc(uploadPartBytes);
    return await upload(client, terminal, basename(file), size, async (offset) => {
      const { bytesRead } = await handle.read(buffer, 0, uploadPartBytes, offset);
      if (bytesRead === 0) throw new AppError('conflict', 'The file became shorter while it was read.', { details: { file } });
      return buffer.subarray(0, bytesRead);
    });
  } finally {
    await handle.close();
  }
}

/** The same with what is in memory. */
export function uploadBytes(client: ConsoleClient, terminal: Terminal, name: string, content: Uint8Array): Promise<string> {
  return upload(client, terminal, name, content.length, (offset) => Promise.resolve(content.subarray(offset, offset + uploadPartBytes)));
}

async function upload(client: ConsoleClient, terminal: Terminal, name: string, bytes: number, read: ReadPart): Promise<string> {
  const { uploadId } = await client.csv.beginUpload({ name, bytes });
  try {
    for (let offset = 0; offset < bytes;) {
      const part = await read(offset);
      await client.csv.appendUpload({ uploadId, offset, base64: Buffer.from(part).toString('base64') });
      offset += part.length;
      terminal.progress(text.uploading(offset, bytes));
    }
  } catch (error) {
    await client.csv.discardUpload({ uploadId });
    throw error;
  } finally {
    terminal.progress('');
  }
  return uploadId;
}
