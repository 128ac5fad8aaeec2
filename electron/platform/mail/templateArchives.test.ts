import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import type { ArchiveFile } from '../../services/email/templates/templatePorts.ts';
import { createTemplateArchives } from './templateArchives.ts';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'mfa-archives-'))));
afterEach(() => rmSync(root, { recursive: true }));

describe('an archive of templates', () => {
  const open = () => createTemplateArchives(join(root, 'exports'), () => ({ path: join(root, 'upload') }), Date.now);

  it('is fetched in parts and read back byte for byte', async () => {
    const archives = open();
    const files: ArchiveFile[] = [
      { name: 'en/test-mail.txt', content: Buffer.from('Subject: Grüße\n\nBody') },
      { name: 'en/test-mail/Grüße & more.pdf', content: Buffer.from(Array.from({ length: 700_000 }, (_, at) => (at * 7919) % 251)) },
      { name: 'en/test-mail/empty.pdf', content: new Uint8Array() },
    ];
    async function* some() {
      for (const file of files) yield await Promise.resolve(file);
    }

    const { exportId, bytes } = await archives.write(some());
    const parts: Uint8Array[] = [];
    for (let offset: number | null = 0; offset !== null;) {
      const part = await archives.part(exportId, offset);
      parts.push(part.bytes);
      offset = part.next;
    }
    writeFileSync(join(root, 'upload'), Buffer.concat(parts));

    expect(parts.length).toBeGreaterThan(1);
    expect(Buffer.concat(parts)).toHaveLength(bytes);
    const back = await archives.read('u');
    expect(back.map(({ name, content }) => [name, Buffer.from(content).toString('hex')])).toEqual(
      files.map(({ name, content }) => [name, Buffer.from(content).toString('hex')]),
    );
    archives.discard(exportId);
    expect(readdirSync(join(root, 'exports'))).toEqual([]);
    await expect(archives.part(exportId, 0)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('that cannot be written whole leaves nothing behind', async () => {
    async function* broken(): AsyncGenerator<ArchiveFile> {
      yield await Promise.resolve({ name: 'a.txt', content: Buffer.from('a') });
      throw new Error('The disk is full.');
    }

    await expect(open().write(broken())).rejects.toThrow('The disk is full.');
    expect(readdirSync(join(root, 'exports'))).toEqual([]);
  });

  test.each<[string, () => Uint8Array, string]>([
    ['no archive', () => strToU8('Hello'), 'file-not-readable'],
    ['cut off', () => zipSync({ 'en/a.txt': strToU8('a'.repeat(1000)) }).subarray(0, 60), 'file-not-readable'],
    ['with a file of 11 MB', () => zipSync({ 'en/a/film.mp4': new Uint8Array(11 * 1024 * 1024) }), 'file-too-large'],
    [
      'with 5,001 files',
      () => zipSync(Object.fromEntries(Array.from({ length: 5_001 }, (_, i) => [`${i}`, strToU8('')]))),
      'file-too-large',
    ],
  ])('%s is refused', async (_case, make, code) => {
    writeFileSync(join(root, 'upload'), make());

    await expect(open().read('u')).rejects.toMatchObject({ code });
  });
});
