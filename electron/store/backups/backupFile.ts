import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';

/**
 * A backup is one file: magic · length of the manifest (4 bytes, big-endian) · its SHA-256 (32 bytes) · manifest (JSON) · all files of it,
 * one after the other in its order, as they are. Not a zip: its four gigabytes are less than the store of a large company may have.
 */
const magic = Buffer.from('MFA Server Console backup 1\n');
const manifestLimitBytes = 64 * 1024 * 1024;
const blockBytes = 1024 * 1024;

/** Only these names are ever written on a restore. */
const fileName = z.string().regex(/^(console\.db|users\.db|mail\.db|authority\.db|attachments\/[0-9a-f]{64})$/);

const manifestSchema = z.object({
  createdAt: z.number().int(),
  version: z.string(),
  serverName: z.string(),
  users: z.number().int(),
  /** `user_version` of each file of the store; of an authority where there is one. */
  schema: z.object({ console: z.number().int(), users: z.number().int(), mail: z.number().int(), authority: z.number().int().optional() }),
  /** Base64: the key of the vault, sealed with a passphrase. */
  sealedKey: z.string().nullable(),
  files: z.array(z.object({ name: fileName, bytes: z.number().int().nonnegative(), sha256: z.string() })),
});
export type BackupManifest = z.infer<typeof manifestSchema>;

export interface BackupEntry {
  readonly name: string;
  /** Where its content lies. */
  readonly path: string;
}

/** Hands over a file block by block; never holds more than one. The block is used again for the next one. */
export function readBlocks(path: string, take: (block: Uint8Array) => void): void {
  const file = openSync(path, 'r');
  try {
    const block = Buffer.allocUnsafe(blockBytes);
    for (let read; (read = readSync(file, block)) > 0;) take(block.subarray(0, read));
  } finally {
    closeSync(file);
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}

/** Writes a backup into an open, empty file. */
export function writeBackup(
  file: number,
  about: Omit<BackupManifest, 'files'>,
  entries: readonly BackupEntry[],
  advance: (bytes: number) => void,
): void {
  const files = entries.map(({ name, path }) => {
    const hash = createHash('sha256');
    let bytes = 0;
    readBlocks(path, (block) => {
      hash.update(block);
      bytes += block.length;
    });
    return { name, bytes, sha256: hash.digest('hex') };
  });
  const manifest = Buffer.from(JSON.stringify({ ...about, files } satisfies BackupManifest));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(manifest.length);
  writeAll(file, Buffer.concat([magic, length, createHash('sha256').update(manifest).digest(), manifest]));
  for (const { path } of entries) {
    readBlocks(path, (block) => {
      writeAll(file, block);
      advance(block.length);
    });
  }
}

const damaged = (finding: string, cause?: unknown) =>
  new AppError('backup-damaged', 'The backup is damaged or not complete.', { cause, details: { finding } });

/** Fills a buffer; throws `backup-damaged` where the file ends before. */
function readExactly(file: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length;) {
    const read = readSync(file, bytes, at, length - at, null);
    if (read === 0) throw damaged('The file ends too early.');
    at += read;
  }
  return bytes;
}

/**
 * Reads a backup from end to end and hands over the content of each file, block by block, before it is known whether the whole is right:
 * nobody may use what was taken before this returned. Throws AppError `backup-not-valid` for another kind of file, `backup-damaged`.
 */
export function readBackup(path: string, take: (name: string, block: Uint8Array) => void): BackupManifest & { readonly bytes: number } {
  let file;
  try {
    file = openSync(path, 'r');
  } catch (cause) {
    throw new AppError('backup-not-readable', 'The backup cannot be opened.', { cause, details: { file: path } });
  }
  try {
    const status = fstatSync(file);
    if (!status.isFile() || status.size < magic.length || !readExactly(file, magic.length).equals(magic)) {
      throw new AppError('backup-not-valid', 'The file is no backup of this console.', { details: { file: path } });
    }
    const manifest = readManifest(file);
    const block = Buffer.allocUnsafe(blockBytes);
    for (const { name, bytes, sha256 } of manifest.files) {
      const hash = createHash('sha256');
      take(name, block.subarray(0, 0));
      for (let left = bytes; left > 0;) {
        const read = readSync(file, block, 0, Math.min(left, block.length), null);
        if (read === 0) throw damaged(`The file ends within ${name}.`);
        left -= read;
        hash.update(block.subarray(0, read));
        take(name, block.subarray(0, read));
      }
      if (hash.digest('hex') !== sha256) throw damaged(`${name} is not as it was written.`);
    }
    if (readSync(file, block, 0, 1, null) > 0) throw damaged('Something follows the end of the backup.');
    return { ...manifest, bytes: status.size };
  } finally {
    closeSync(file);
  }
}

function readManifest(file: number): BackupManifest {
  const length = readExactly(file, 4).readUInt32BE();
  if (length > manifestLimitBytes) throw damaged('The list of files cannot be read.');
  const hash = readExactly(file, 32);
  const manifest = readExactly(file, length);
  if (!createHash('sha256').update(manifest).digest().equals(hash)) throw damaged('The list of files is not as it was written.');
  try {
    return manifestSchema.parse(JSON.parse(manifest.toString()));
  } catch (cause) {
    throw damaged('The list of files cannot be read.', cause);
  }
}
