import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultCompanySettings } from '../../shared/contract/companySettings.ts';
import { exportFields } from '../../shared/contract/csv.contract.ts';
import { fileImportRequest, type FileImportRequest } from '../../shared/contract/fileImport.ts';
import { guessColumns } from '../../shared/csv/columnNames.ts';
import { csvLine } from '../../shared/csv/csvText.ts';
import { openDatabase } from '../store/database.ts';
import { writeExport } from '../store/csv/writeExport.ts';
import { createReportFiles, prepareReportFolder, stagingPath, wasImportApplied } from '../store/imports/reportFiles.ts';
import { storeFiles } from '../store/storeFiles.ts';
import { runImport } from './runImport.ts';

describe('import of a file', () => {
  let folder: string;
  let users: DatabaseSync;
  let count = 0;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'file-import-'));
    users = openDatabase(storeFiles(folder).users);
    prepareReportFolder(storeFiles(folder).imports);
  });

  afterEach(() => {
    users.close();
    rmSync(folder, { recursive: true });
  });

  async function run(kind: 'preview' | 'import', content: string | Uint8Array, more: Partial<FileImportRequest> = {}, onCommit = () => {}) {
    const path = join(folder, 'upload.part');
    writeFileSync(path, content);
    const headers = (typeof content === 'string' ? content : Buffer.from(content).toString('latin1'))
      .replace('\ufeff', '')
      .split(/\r?\n/)[0]!
      .split(',');
    const columns = headers.map((header, at) => ({ header, field: guessColumns(headers)[at] ?? null }));
    const jobId = `job${++count}`;
    const request = fileImportRequest.parse({ uploadId: 'u', encoding: 'utf-8', delimiter: ',', columns, ...more });
    const summary = await runImport(
      {
        jobId,
        kind,
        request,
        mail: more.sendEmail ? { rules: { sendEmails: true, canEnroll: false }, noted: { mailsUpdates: true } } : null,
        settings: null,
        file: { path, name: 'people.csv', company: defaultCompanySettings },
        storeFile: storeFiles(folder).users.file,
        stagingFile: stagingPath(storeFiles(folder).imports, jobId),
      },
      {
        readPeople: () => expect.fail('no directory'),
        onProgress: () => {},
        onReportLost: (error) => expect.fail(String(error)),
        throwIfCancelled: () => {},
        beginCommit: onCommit,
        now: () => 1_700_000_000_000,
      },
    );
    const reports = createReportFiles({
      folder: storeFiles(folder).imports,
      wasApplied: (id) => wasImportApplied(users, id),
      now: Date.now,
    });
    return { summary, rows: reports.rows(jobId, { onlyWarnings: false, offset: 0, limit: 1000 }).rows };
  }

  const stored = (columns: string) => users.prepare(`SELECT ${columns} FROM users ORDER BY username_key`).all();

  it.each(['preview', 'import'] as const)('takes no PINs out of files, for a %s either, and says where they are set', async (kind) => {
    await expect(run(kind, 'username,pin\r\nann,2749\r\n')).rejects.toMatchObject({
      code: 'invalid-input',
      message: 'PINs are not taken from files. Choose "not imported" for that column, and set PINs in the Users pane.',
    });

    expect(users.prepare('SELECT count(*) AS n FROM users').get()).toEqual({ n: 0 });
  });

  it('counts mails by what rows and Company Settings make of users, and notes whom it is going to mail', async () => {
    await run('import', 'username,email,phone,enabled\nold,old@corp.example,+14255550109,no\nkept,kept@corp.example,+14255550108,yes\n');
    const rows = `username,email,phone,method,enabled
ann,ann@corp.example,+14255550100,,
bob,,+14255550101,,
cat@corp.example,,,,
dan,dan@corp.example,,app,
eve,eve@corp.example,+14255550104,,no
old,,,,yes
kept,,+14255550107,,
`;
    const request = { updateExisting: true, sendEmail: 'new-and-updated' } as const;

    const { summary: preview } = await run('preview', rows, request);
    const { summary } = await run('import', rows, request);

    expect(preview.mails).toEqual({
      mails: 3,
      byTemplate: [
        { template: 'call-standard-new-user', count: 2 },
        { template: 'call-standard-updated-user', count: 1 },
      ],
      none: expect.arrayContaining([
        { reason: 'no-address', count: 1 },
        { reason: 'incomplete-without-portal', count: 2 },
        { reason: 'disabled', count: 1 },
      ]),
    });
    expect(summary.mails).toEqual(preview.mails);
    const noted = users.prepare('SELECT username, state_before AS before FROM mail_intents JOIN users ON id = user_id ORDER BY 1').all();
    expect(noted.map((row) => Object.values(row).join(' '))).toEqual(['ann 0', 'bob 0', 'cat@corp.example 0', 'dan 0', 'kept 3', 'old 1']);
  });

  it('adds users with what the file says, and else with what Company Settings give', async () => {
    const { summary } = await run(
      'import',
      'username,first,mobile,method,mode,enabled\nann,Ann,425 555 0100 x12,SMS,Two-Way OTP,no\nbob,,,,,\n',
    );

    expect(summary.counts).toMatchObject({ add: 2, update: 0, skipped: 0 });
    expect(stored('username, first_name, phone, extension, method, mode, enabled, complete')).toEqual([
      {
        username: 'ann',
        first_name: 'Ann',
        phone: '+14255550100',
        extension: '12',
        method: 'text',
        mode: 'two-way-otp',
        enabled: 0,
        complete: 1,
      },
      { username: 'bob', first_name: '', phone: '', extension: '', method: 'call', mode: 'standard', enabled: 1, complete: 0 },
    ]);
  });

  it('finds users in any letter case, changes only what cells say, and raises their revision', async () => {
    await run('import', 'username,first,mobile,tags\nann,Ann,+14255550100,vip\nbob,Bob,,\n');
    const { summary, rows } = await run('import', 'username,first,mobile,tags\nANN,,+14255550101,"new; vip"\nbob,Bob,,\n', {
      updateExisting: true,
    });

    expect(summary).toMatchObject({ counts: { add: 0, update: 1, unchanged: 1 }, newTags: ['new'] });
    expect(rows[0]?.changes).toEqual([
      { field: 'phone', before: '+14255550100', after: '+14255550101' },
      { field: 'tags', before: 'vip', after: 'new; vip' },
    ]);
    expect(stored('username, first_name, phone, revision')).toEqual([
      { username: 'ann', first_name: 'Ann', phone: '+14255550101', revision: 2 },
      { username: 'bob', first_name: 'Bob', phone: '', revision: 1 },
    ]);
  });

  it('notes the import that enabled or disabled a user, and none where he was so already', async () => {
    await run('import', 'username,enabled\nann,yes\nbob,no\n');
    await run('import', 'username,enabled\nann,no\nbob,no\n', { updateExisting: true });

    expect(stored('username, enabled_job')).toEqual([
      { username: 'ann', enabled_job: `job${count}` },
      { username: 'bob', enabled_job: `job${count - 1}` },
    ]);
  });

  it('takes a value away for an empty cell only when asked to', async () => {
    await run('import', 'username,first,mobile,tags\nann,Ann,+14255550100,vip\n');
    await run('import', 'username,first,mobile,tags\nann,,,\n', { updateExisting: true, emptyCells: 'clear' });
    expect(stored('first_name, phone, complete, (SELECT count(*) FROM user_tags) AS tags')).toEqual([
      { first_name: '', phone: '', complete: 0, tags: 0 },
    ]);
  });

  it.each([
    ['too few cells', 'ann,Ann', 'cells-missing'],
    ['too many cells', 'ann,Ann,,,,,extra', 'cells-too-many'],
    ['text behind a quote', '"ann"x,Ann,,,,', 'quote-misplaced'],
    ['a phone that nobody can dial', 'ann,Ann,12,,,', 'phone-not-valid'],
    ['an unknown method', 'ann,Ann,,fax,,', 'method-not-known'],
    ['a mode of another method', 'ann,Ann,,call,two-way otp,', 'mode-of-other-method'],
    ['an unknown flag', 'ann,Ann,,,,perhaps', 'flag-not-known'],
    ['NUL in a name', 'ann,A\0nn,,,,', 'text-control-characters'],
    ['a name of 300 characters', `ann,${'x'.repeat(300)},,,,`, 'text-too-long'],
    ['invalid UTF-8', Buffer.concat([Buffer.from('ann,'), Buffer.from([0xff]), Buffer.from(',,,,')]), 'text-not-utf8'],
  ])('imports no row with %s and says where and why', async (_name, row, warning) => {
    const head = 'username,first,mobile,method,mode,enabled\n';
    const { summary, rows } = await run('import', Buffer.concat([Buffer.from(head), Buffer.from(row), Buffer.from('\nbob,Bob 😀,,,,\n')]));

    expect(summary.counts).toMatchObject({ add: 1, error: 1 });
    expect(rows[0]).toMatchObject({ outcome: 'error', reason: 'row-not-valid', line: 2 });
    expect(rows[0]?.warnings.map((note) => note.warning)).toContain(warning);
    expect(stored('username, first_name')).toEqual([{ username: 'bob', first_name: 'Bob 😀' }]);
  });

  it('takes the first of two rows with one username in any letter case and names its line for the other', async () => {
    const { rows } = await run('import', 'username,first\nann,1\nbob,2\nANN,3\n');
    expect(rows[2]).toMatchObject({ outcome: 'error', reason: 'username-twice-in-read', takenBy: '2', line: 4 });
    expect(stored('username, first_name')).toHaveLength(2);
  });

  it('gives tokens of the list only, each to one user', async () => {
    const insert = users.prepare(
      `INSERT INTO oath_tokens (serial, serial_key, kind, algorithm, digits, period, secret, user_id, added_at, updated_at) VALUES (?, ?, 'totp', 'SHA1', 6, 30, x'00', ?, 0, 0)`,
    );
    await run('import', 'username\nowner\n');
    insert.run('A1', 'a1', null);
    insert.run('B1', 'b1', 1);
    const { rows } = await run('import', 'username,method,serial\nann,oath,a1\nbob,oath,B1\ncid,oath,C1\ndan,oath,A1\n');
    expect(rows.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['add', undefined],
      ['error', 'token-assigned'],
      ['error', 'token-not-known'],
      ['error', 'token-twice-in-read'],
    ]);
    expect(stored('username, complete')).toEqual([
      { username: 'ann', complete: 1 },
      { username: 'owner', complete: 0 },
    ]);
  });

  it('writes nothing in a preview, nor when it is stopped before the commit', async () => {
    expect((await run('preview', 'username\nann\n')).summary).toMatchObject({ state: 'preview', counts: { add: 1 } });
    await expect(
      run('import', 'username,tags\nann,x\n', {}, () => {
        throw new Error('stop');
      }),
    ).rejects.toThrow('stop');
    expect(stored('id')).toEqual([]);
    expect(users.prepare('SELECT count(*) AS n FROM tags').get()).toEqual({ n: 0 });
  });

  it.each(['utf-16le', 'utf-16be', 'windows-1252'] as const)('reads %s', async (encoding) => {
    const text = 'username,first\r\nann,Jörg\r\n';
    const bytes = encoding === 'windows-1252' ? Buffer.from(text, 'latin1') : Buffer.from(`\ufeff${text}`, 'utf16le');
    const columns = [
      { header: 'username', field: 'username' as const },
      { header: 'first', field: 'firstName' as const },
    ];
    await run('import', encoding === 'utf-16be' ? bytes.swap16() : bytes, { encoding, columns });
    expect(stored('first_name')).toEqual([{ first_name: 'Jörg' }]);
  });

  it('reads an export back unchanged, whatever it holds', async () => {
    const awkward = ['=1+1', '+x', '-x', '@x', "'=x", 'say "hi"', 'a,b;c', "o'brien", 'ünï 😀', 'x'.repeat(256)];
    const head = 'username,first,last,mobile,method,mode,tags,whenDisabled,pinMinLength,canChangePhone\r\n';
    const lines = awkward.map((text, at) =>
      csvLine([`user${at}`, text, text, '+14255550100', 'text', 'two-way-otp-pin', '"a;b"; "say ""x"""; =f', 'fail', '6', 'no']),
    );
    await run('import', head + lines.join(''));
    expect(stored('first_name').map((row) => (row as { first_name: string }).first_name)).toEqual(awkward);
    // What only a directory brings: no number, no address, an odd language, text that was no UTF-8; and line ends in a description.
    users.exec(`UPDATE users SET phone = 'ask Ann', phone_valid = 0, email = 'nobody', language_call = 'German!', description = 'caf\ufffd' || char(10) || 'lines',
                directory_id = 'id' || id, dn = 'CN=x,DC=y' WHERE id < 4`);

    const file = join(folder, 'export.csv');
    writeExport(users, file, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], { columns: exportFields, byteOrderMark: true, delimiter: ',' }, () => {});
    const content = readFileSync(file, 'utf8');
    expect(content.split(/[,\r\n]/).filter((cell) => /^"?[=+\-@]/.test(cell))).toEqual([]);
    for (const emptyCells of ['keep', 'clear'] as const) {
      const { summary, rows } = await run('import', content, { updateExisting: true, emptyCells });
      expect(rows.filter(({ outcome }) => outcome !== 'unchanged')).toEqual([]);
      expect(summary.counts).toMatchObject({ add: 0, update: 0, unchanged: 10, skipped: 0 });
    }
  });
});
