import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../shared/contract/errors.ts';
import { importRequest, type ImportRequest, type ImportSummary } from '../../shared/contract/imports.contract.ts';
import { defaultSettings } from '../services/directory/kinds.ts';
import { openDatabase } from '../store/database.ts';
import { prepareReportFolder, stagingPath } from '../store/imports/reportFiles.ts';
import { storeFiles } from '../store/storeFiles.ts';
import { runImport } from './runImport.ts';

interface Person {
  readonly id: string;
  readonly username: string;
  readonly last?: string;
  readonly mobile?: string;
  readonly disabled?: boolean;
}
const person = (id: string, username: string, more: Partial<Person> = {}): Person => ({ id, username, ...more });

describe('mails of an import', () => {
  let folder: string;
  let users: DatabaseSync;
  let jobs: number;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'import-mails-'));
    users = openDatabase(storeFiles(folder).users);
    prepareReportFolder(storeFiles(folder).imports);
    jobs = 0;
  });
  afterEach(() => {
    users.close();
    rmSync(folder, { recursive: true });
  });

  it('counts the mails before it writes, and notes whom it is going to mail with the users', async () => {
    const people = [
      person('1', 'alice@corp.example', { mobile: '+1 425 555 0100' }),
      person('2', 'bob@corp.example'),
      person('3', 'carl', { mobile: '+1 425 555 0101' }),
      person('4', 'dora@corp.example', { mobile: '+1 425 555 0102', disabled: true }),
    ];
    const request = { enable: 'new', sendEmail: 'new' } as const;

    const { summary: preview } = await imported(people, request, 'preview');
    expect(intents()).toEqual([]);
    const { summary } = await applyPreview('job1', preview.request as ImportRequest);

    expect(preview.mails).toEqual({
      mails: 2,
      byTemplate: [
        { template: 'call-standard-user-enrollment', count: 1 },
        { template: 'call-standard-new-user', count: 1 },
      ],
      none: [
        { reason: 'disabled', count: 1 },
        { reason: 'no-address', count: 1 },
      ],
    });
    expect(summary.mails).toEqual(preview.mails);
    // Absent before; carl is noted too, so that the report can say why he gets none.
    expect(intents()).toEqual(['applied alice@corp.example 0 1', 'applied bob@corp.example 0 1', 'applied carl 0 1']);
  });

  it('counts on the initial PINs that new users get before their mails are made', async () => {
    const people = [person('1', 'alice@corp.example', { mobile: '+1 425 555 0100' }), person('2', 'bob@corp.example')];

    const { summary } = await imported(people, { enable: 'new', mode: 'pin', sendEmail: 'new' }, 'preview');

    expect(summary.mails?.byTemplate).toEqual([
      { template: 'call-pin-user-enrollment', count: 1 },
      { template: 'call-pin-new-user', count: 1 },
    ]);
  });

  it('notes updated people where a mail tells what changed, and only if they are to be mailed', async () => {
    const at = (mobile: string, last: string) => [
      person('1', 'alice@corp.example', { mobile, last }),
      person('2', 'bob@corp.example', { mobile: '+1 425 555 0101', last }),
    ];
    await imported(at('+1 425 555 0100', 'A'));

    const { summary: newOnly } = await imported(at('+1 425 555 0199', 'B'), { updateExisting: true, sendEmail: 'new' });
    const { summary } = await imported(at('+1 425 555 0188', 'C'), { updateExisting: true, sendEmail: 'new-and-updated' });

    expect(newOnly.mails).toMatchObject({ mails: 0 });
    expect(summary.mails).toEqual({
      mails: 1,
      byTemplate: [{ template: 'call-standard-updated-user', count: 1 }],
      none: [{ reason: 'nothing-mailed-changed', count: 1 }],
    });
    expect(intents()).toEqual(['job3 alice@corp.example 3 1']);
  });

  it('notes nobody when it is undone', async () => {
    const undone = imported([person('1', 'alice@corp.example')], { enable: 'new', sendEmail: 'new' }, 'import', { cancelAtCommit: true });

    await expect(undone).rejects.toMatchObject({ code: 'cancelled' });
    expect(intents()).toEqual([]);
  });

  async function imported(
    people: readonly Person[],
    changes: Partial<ImportRequest> = {},
    kind: 'preview' | 'import' = 'import',
    { cancelAtCommit = false } = {},
  ): Promise<{ summary: ImportSummary }> {
    const request = importRequest.parse({ scope: { kind: 'containers', dns: ['dc=test'], below: true }, phone: 'mobile', ...changes });
    return run(`job${(jobs += 1)}`, kind, request, people, cancelAtCommit);
  }

  const applyPreview = (previewId: string, request: ImportRequest) => run('applied', 'import', request, null, false, previewId);

  async function run(
    jobId: string,
    kind: 'preview' | 'import',
    request: ImportRequest,
    people: readonly Person[] | null,
    cancelAtCommit: boolean,
    staged = jobId,
  ): Promise<{ summary: ImportSummary }> {
    const { sendEmail } = request;
    const summary = await runImport(
      {
        jobId,
        kind,
        request,
        mail: sendEmail ? { rules: { sendEmails: true, canEnroll: true }, noted: { mailsUpdates: sendEmail === 'new-and-updated' } } : null,
        settings: people && { ...defaultSettings.other, attributes: { ...defaultSettings.other.attributes, userGroup: '' } },
        storeFile: storeFiles(folder).users.file,
        stagingFile: stagingPath(storeFiles(folder).imports, staged),
      },
      {
        async *readPeople(attributes) {
          yield { entries: (people ?? []).map((one) => entryOf(one, attributes)), unreadable: [], expected: null };
          return { entries: people?.length ?? 0, complete: true, referrals: 0, milliseconds: 1 };
        },
        onProgress: () => undefined,
        onReportLost: (error) => expect.fail(String(error)),
        throwIfCancelled: () => undefined,
        beginCommit() {
          if (cancelAtCommit) throw new AppError('cancelled', 'The import was cancelled.');
        },
        now: () => 1000 + jobs,
      },
    );
    return { summary };
  }

  const intents = () =>
    users
      .prepare('SELECT campaign, username, state_before, mailed_change FROM mail_intents m JOIN users u ON u.id = m.user_id ORDER BY 1, 2')
      .all()
      .map((row) => Object.values(row).join(' '));
});

function entryOf(one: Person, attributes: readonly string[]) {
  const values: Record<string, string | undefined> = {
    entryUUID: one.id,
    uid: one.username,
    sn: one.last,
    mobile: one.mobile,
    loginDisabled: one.disabled ? 'TRUE' : undefined,
  };
  return {
    dn: `uid=${one.username}`,
    values: attributes.map((name) => (values[name] === undefined ? [] : [new TextEncoder().encode(values[name])])),
  };
}
