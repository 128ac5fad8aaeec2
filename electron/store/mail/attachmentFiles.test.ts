import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAttachmentFiles } from './attachmentFiles.ts';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'mfa-attachments-'))));
afterEach(() => rmSync(root, { recursive: true }));

describe('attachments in the data folder', () => {
  const open = () => createAttachmentFiles(join(root, 'attachments'), () => ({ path: join(root, 'upload') }));

  it('are the same file for the same content, and are read as they came', async () => {
    const files = open();
    const content = new Uint8Array(600_000).fill(1);
    writeFileSync(join(root, 'upload'), content);

    const uploaded = { name: 'Guide.pdf', ...(await files.keepUpload('u')) };
    const kept = await files.keepBytes(content);

    expect(kept).toEqual({ bytes: 600_000, sha256: uploaded.sha256 });
    expect(readdirSync(join(root, 'attachments'))).toEqual([uploaded.sha256]);
    expect(files.isThere(uploaded)).toBe(true);
    expect(Buffer.from(await files.read(uploaded)).equals(content)).toBe(true);
  });

  it('that were changed, cut or removed are not read, and adding them again repairs them', async () => {
    const files = open();
    const attachment = { name: 'Guide.pdf', ...(await files.keepBytes(Buffer.from('hello'))) };
    const path = join(root, 'attachments', attachment.sha256);
    await files.read(attachment);

    for (const damaged of ['hell', 'hullo']) {
      writeFileSync(path, damaged);
      await expect(open().read(attachment)).rejects.toMatchObject({ code: 'attachment-missing', details: { name: 'Guide.pdf' } });
    }
    rmSync(path);
    expect(files.isThere(attachment)).toBe(false);
    await expect(files.read(attachment)).rejects.toMatchObject({ code: 'attachment-missing' });

    await files.keepBytes(Buffer.from('hello'));
    expect(Buffer.from(await files.read(attachment)).toString()).toBe('hello');
  });

  it('that a killed process left half-written are removed, and those that are being written are not', async () => {
    const files = open();
    const folder = join(root, 'attachments');
    mkdirSync(folder);
    for (const name of ['old.part', 'new.part']) writeFileSync(join(folder, name), 'x');
    utimesSync(join(folder, 'old.part'), new Date(0), new Date(0));

    const { sha256 } = await files.keepBytes(Buffer.from('hello'));

    expect(readdirSync(folder).toSorted()).toEqual([sha256, 'new.part'].toSorted());
  });

  it('that could not be written whole leave nothing behind', async () => {
    const files = open();
    mkdirSync(join(root, 'attachments'));
    await expect(files.keepUpload('gone')).rejects.toMatchObject({ code: 'ENOENT' });

    expect(readdirSync(join(root, 'attachments'))).toEqual([]);
  });
});
