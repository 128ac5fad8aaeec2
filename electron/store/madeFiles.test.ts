import { mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAuthorityFile } from './authority/authorityFile.ts';
import { openStore } from './storeFiles.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'made-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function close({ console, users, mail }: ReturnType<typeof openStore>): void {
  for (const database of [console, users, mail]) database.close();
}

const losses = [
  ['emptied', (file: string) => truncateSync(file, 0)],
  ['removed', (file: string) => rmSync(file)],
] as const;
const damaged = (file: string) => expect.objectContaining({ code: 'store-damaged', details: { file } }) as Error;

describe.each(losses)('a file of the store that was %s', (_, lose) => {
  it('is not taken for a new one where it held the mails, until that is given up', () => {
    const { files, ...store } = openStore(folder);
    close({ files, ...store });
    lose(files.mail.file);

    expect(() => openStore(folder)).toThrow(damaged(files.mail.file));
    expect(() => openStore(folder)).toThrow('mfactl restore --give-up mail');
  });

  it('is not taken for a new one where it held an authority: the console opens, and who asks the authority is told', () => {
    const first = openStore(folder);
    const authority = createAuthorityFile(first.files.authority, first.made);
    expect(authority.exists()).toBe(false);
    authority.open();
    authority.close();
    close(first);
    lose(first.files.authority.file);

    const store = openStore(folder);
    const again = createAuthorityFile(store.files.authority, store.made);
    expect(again.exists()).toBe(true);
    expect(() => again.open()).toThrow(damaged(store.files.authority.file));
    store.made.forget('authority');
    expect(() => again.open()).not.toThrow();
    again.close();
    close(store);
  });
});
