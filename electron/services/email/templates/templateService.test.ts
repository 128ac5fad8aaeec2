import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, test } from 'vitest';
import type { TemplateDraft } from '../../../../shared/contract/mailTemplates.contract.ts';
import { contentOf } from '../../../../shared/email/templateContent.ts';
import type { TemplateLibrary } from '../../../../shared/email/templateLibrary.ts';
import { mailTemplates } from '../../../../shared/email/templates.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { Call } from '../../../runtime/call.ts';
import { mailTables } from '../../../store/migrations/0001_mail.ts';
import { mailTemplateTables } from '../../../store/migrations/0002_mail_templates.ts';
import { createTemplateRepository } from '../../../store/mail/templateRepository.ts';
import type { ArchiveFile } from './templatePorts.ts';
import { createTemplateCatalogue } from './templateCatalogue.ts';
import { createTemplateService } from './templateService.ts';

const english = Object.fromEntries(mailTemplates.map(({ id }) => [id, contentOf({ subject: 'Welcome', body: 'Hello <$name$>' })]));
const shipped: TemplateLibrary = { en: english, de: { 'call-pin-new-user': contentOf({ subject: 'Willkommen', body: 'Hallo <$name$>' }) } };
const pin = { template: 'call-pin-new-user', language: 'en' } as const;
const megabyte = 1024 * 1024;

function createTemplates() {
  const database = new DatabaseSync(':memory:');
  database.exec(mailTables);
  database.exec(mailTemplateTables);
  const store = createTemplateRepository(database);
  const catalogue = createTemplateCatalogue(() => shipped, store);
  const state = {
    now: 1_000,
    changes: 0,
    kept: new Map<string, number>(),
    uploads: new Map<string, number>(),
    isFull: false,
    notes: [] as object[],
    archive: [] as ArchiveFile[],
  };
  const service = createTemplateService({
    catalogue,
    store,
    files: {
      keepUpload(uploadId) {
        if (state.isFull) return Promise.reject(new AppError('disk-full', 'The disk of the data folder is full.'));
        const sha256 = createHash('sha256').update(uploadId).digest('hex');
        state.kept.set(sha256, state.uploads.get(uploadId)!);
        return Promise.resolve({ sha256, bytes: state.uploads.get(uploadId)! });
      },
      keepBytes(content) {
        const sha256 = createHash('sha256').update(content).digest('hex');
        state.kept.set(sha256, content.length);
        return Promise.resolve({ sha256, bytes: content.length });
      },
      isThere: ({ sha256, bytes }) => state.kept.get(sha256) === bytes,
      read: ({ bytes, sha256, name }) =>
        state.kept.has(sha256)
          ? Promise.resolve(new Uint8Array(bytes).fill(7))
          : Promise.reject(new AppError('attachment-missing', `"${name}" is not there.`)),
    },
    uploads: {
      get(uploadId) {
        const bytes = state.uploads.get(uploadId);
        if (bytes === undefined) throw new AppError('not-found', 'There is no such file.');
        return { bytes };
      },
      discard: (uploadId) => void state.uploads.delete(uploadId),
    },
    archives: {
      async write(files) {
        for await (const file of files) state.archive.push(file);
        return { exportId: 'e', bytes: 1 };
      },
      part: () => Promise.reject(new Error('not used here')),
      discard: () => undefined,
      read: () => Promise.resolve(state.archive),
      sha256: (content) => createHash('sha256').update(content).digest('hex'),
    },
    now: () => state.now++,
    changed: () => (state.changes += 1),
  });
  const call = (account = 'anna'): Call => ({
    caller: { id: 'w1', account, access: new Set(['read', 'manage']) },
    signal: new AbortController().signal,
    ref: 'r',
    note: (details) => void state.notes.push(details),
  });
  const save = (draft: Partial<TemplateDraft>, base = 0, ref: { template: string; language: string } = pin, account = 'anna') =>
    service.save(
      { ...ref, base, content: { ...contentOf({ subject: 'Own', body: 'Own text' }), attachments: [], ...draft } },
      call(account),
    );
  return { service, store, catalogue, state, call, save };
}

describe('a template', () => {
  it('is what came with the console until somebody saves', async () => {
    const { service, call } = createTemplates();

    const found = await service.get(pin, call());

    expect(found).toMatchObject({ origin: 'default', revision: 0, changedAt: null, changedBy: '', contentLanguage: 'en', problems: [] });
    expect(found.content).toEqual(found.default.content);
    expect(found.variables).toContain('pin');
  });

  it('is saved with who and when, holds at once, and can be compared with what came with the console', async () => {
    const { service, call, save, state, catalogue } = createTemplates();

    const saved = await save({ subject: 'Your PIN, <$name$>', cc: 'Help Desk <help@corp.example>; b@corp.example', format: 'text' });

    expect(saved).toMatchObject({ origin: 'edited', revision: 1, changedAt: 1_000, changedBy: 'anna', content: { format: 'text' } });
    expect(saved.default.content.subject).toBe('Welcome');
    expect(await service.get(pin, call())).toEqual(saved);
    expect(catalogue.library()['en']![pin.template]!.subject).toBe('Your PIN, <$name$>');
    expect([state.changes, state.notes]).toEqual([1, [{ revision: 1 }]]);
  });

  it('of another administrator is not overwritten', async () => {
    const { save, service, call } = createTemplates();
    await save({}, 0, pin, 'bert');

    for (const late of [save({}, 0), service.reset({ ...pin, base: 0 }, call()), service.restore({ ...pin, base: 7, version: 1 }, call())])
      await expect(late).rejects.toMatchObject({ code: 'changed-meanwhile', details: { changedBy: 'bert', revision: 1 } });
    expect((await service.get(pin, call())).revision).toBe(1);
  });

  it('keeps all that it ever was: it can be reset, and any version restored', async () => {
    const { save, service, call } = createTemplates();
    await save({ subject: 'First' });
    await save({ subject: 'Second' }, 1, pin, 'bert');
    expect((await service.reset({ ...pin, base: 2 }, call())).origin).toBe('default');

    const restored = await service.restore({ ...pin, base: 3, version: 1 }, call());

    expect(restored).toMatchObject({ origin: 'edited', revision: 4, content: { subject: 'First' } });
    const { versions, total } = await service.history({ ...pin, offset: 0, limit: 100 }, call());
    expect(versions.map(({ version, by, action, restored: from }) => [version, by, action, from])).toEqual([
      [4, 'anna', 'restored', 1],
      [3, 'anna', 'reset', null],
      [2, 'bert', 'saved', null],
      [1, 'anna', 'saved', null],
    ]);
    expect(total).toBe(4);
    expect((await service.version({ ...pin, version: 2 }, call())).content?.subject).toBe('Second');
    expect((await service.version({ ...pin, version: 3 }, call())).content).toBeNull();
    await expect(service.restore({ ...pin, base: 4, version: 9 }, call())).rejects.toMatchObject({ code: 'not-found' });
  });

  it('can be written in a language that did not come with the console, and taken out again', async () => {
    const { save, service, call } = createTemplates();
    const polish = { ...pin, language: 'pl' };
    expect(await service.get(polish, call())).toMatchObject({ origin: null, contentLanguage: 'en', default: { language: 'en' } });

    expect(await save({ subject: 'Witamy' }, 0, polish)).toMatchObject({
      origin: 'added',
      contentLanguage: 'pl',
      default: { language: 'en' },
    });

    const row = (await service.list(null, call())).templates.find(({ id }) => id === pin.template)!;
    expect(row.languages.map(({ language, origin }) => `${language} ${origin}`)).toEqual(['de default', 'en default', 'pl added']);
    expect(await service.reset({ ...polish, base: 1 }, call())).toMatchObject({ origin: null, contentLanguage: 'en' });
  });

  test.each<[string, Partial<TemplateDraft>, string]>([
    ['a variable that nobody knows', { body: 'Hello\n <$nmae$>' }, 'body 2:2: There is no variable <$nmae$>'],
    ['a line break in the subject', { subject: 'Hello\nBcc: x@evil.example' }, 'subject 1:6: There is a control character'],
    ['a line break in From', { from: 'MFA\r\nBcc: x@evil.example <a@b.example>' }, 'from 1:4: There is a control character'],
    ['a line break in Cc', { cc: 'a@b.example\nBcc: x@evil.example' }, 'cc 1:12: There is a control character'],
    ['an 8-bit local part in Bcc', { bcc: 'a@b.example, jürgen@corp.example' }, 'bcc 1:14: "jürgen@corp.example" is no address'],
    ['two addresses in From', { from: 'a@b.example, c@d.example' }, 'from 1:1: "a@b.example, c@d.example" is no address'],
    ['an address without end', { cc: 'Help <help@corp.example' }, 'cc 1:1:'],
    ['an address that is too long', { cc: `${'a'.repeat(64)}@${'b'.repeat(190)}.example` }, 'cc 1:1:'],
    ['21 addresses', { cc: Array.from({ length: 21 }, (_, i) => `u${i}@corp.example`).join(',') }, 'more than 20 addresses'],
    ['{{-style text', { body: 'Hello {{name}}' }, 'body 1:7: {{name}} would be sent as it is written'],
  ])('with %s is refused, and nothing is saved', async (_case, draft, text) => {
    const { save, store } = createTemplates();

    await expect(save(draft)).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringContaining(text) as string });
    expect(store.state()).toBe(0);
  });

  test.each(['"Müller, Jürgen" <mfa@corp.example>', 'MFA <mfa@bücher.example>', ''])('may come from %j', async (from) => {
    const { save } = createTemplates();

    expect((await save({ from })).content.from).toBe(from);
  });

  it('with markup is saved and said to be shown as it is written', async () => {
    const { save } = createTemplates();

    const { problems } = await save({
      body: 'Hello <b>you</b> <font color="red"\n\nwww.corp.example https:/x https://a.example/<$username$>',
    });

    expect(problems.map(({ severity, line, column, text }) => `${severity} ${line}:${column} ${text.slice(0, 40)}`)).toEqual([
      'warning 1:7 The reader would see <b> as it is writte',
      'warning 1:13 The reader would see </b> as it is writt',
      'warning 1:18 <font is not closed.',
      'warning 3:1 www.corp.example is no link that a mail ',
      'warning 3:18 https:/x is no link that a mail program ',
      'warning 3:27 The link ends before the variable: only ',
    ]);
  });
});

describe('attachments of a template', () => {
  it('are copied when it is saved, and the uploads go', async () => {
    const { save, state } = createTemplates();
    state.uploads.set('up', 5);

    const saved = await save({ attachments: [{ name: 'Guide.pdf', uploadId: 'up' }] });
    const again = await save({ attachments: saved.content.attachments, body: 'More' }, 1);

    expect(saved.content.attachments).toEqual([{ name: 'Guide.pdf', bytes: 5, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string }]);
    expect(again.content.attachments).toEqual(saved.content.attachments);
    expect(state.uploads.size).toBe(0);
  });

  it('of 30 MB are refused with a sentence, before anything is copied', async () => {
    const { save, state, service, call } = createTemplates();
    state.uploads.set('up', 30 * megabyte);
    const attachments = [{ name: 'Film.mp4', uploadId: 'up' }];

    const refused = save({ attachments });

    await expect(refused).rejects.toMatchObject({
      code: 'file-too-large',
      message: expect.stringContaining('"Film.mp4" has 30 MB. An attachment may have 10 MB') as string,
    });
    const draft = { ...contentOf({ subject: 'a', body: 'b' }), attachments };
    expect((await service.check({ ...pin, draft }, call())).problems[0]).toMatchObject({
      severity: 'error',
      field: 'attachments',
      text: expect.stringContaining('more than 10 MB') as string,
    });
    expect([state.kept.size, state.uploads.size]).toEqual([0, 1]);
  });

  test.each([
    [['a.pdf', 'b.pdf', 'c.pdf'], 'more than 20 MB together'],
    [['a.pdf', 'A.PDF'], 'two attachments named "A.PDF"'],
    [['../../etc/passwd'], 'cannot be the name of a file'],
    [['a\r\nBcc: x@evil.example.pdf'], 'cannot be the name of a file'],
    [['"a".pdf'], 'cannot be the name of a file'],
  ])('%j are refused', async (names, text) => {
    const { save, state } = createTemplates();
    const attachments = names.map((name) => {
      state.uploads.set(name, 9 * megabyte);
      return { name, uploadId: name };
    });

    await expect(save({ attachments })).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringContaining(text) as string });
    expect(state.kept.size).toBe(0);
  });

  it('that a full disk keeps out leave the template as it was, and the upload for another try', async () => {
    const { save, state, store } = createTemplates();
    state.uploads.set('up', 5);
    state.isFull = true;
    await expect(save({ attachments: [{ name: 'Guide.pdf', uploadId: 'up' }] })).rejects.toMatchObject({ code: 'disk-full' });
    expect(store.state()).toBe(0);

    state.isFull = false;
    await expect(save({ attachments: [{ name: 'Guide.pdf', uploadId: 'up' }] })).resolves.toMatchObject({ revision: 1 });
  });

  it('that have disappeared are a problem, and a template with one is not saved again', async () => {
    const { save, state, service, call } = createTemplates();
    state.uploads.set('up', 5);
    const { content } = await save({ attachments: [{ name: 'Guide.pdf', uploadId: 'up' }] });
    state.kept.clear();

    expect((await service.get(pin, call())).problems).toMatchObject([
      { severity: 'error', field: 'attachments', text: expect.stringContaining('Guide.pdf') as string },
    ]);
    await expect(save({ attachments: content.attachments }, 1)).rejects.toMatchObject({ code: 'invalid-input' });
  });
});

describe('templates as files', () => {
  const text = (content: string) => new TextEncoder().encode(content);

  it('come back as they went, and an import of what holds changes nothing', async () => {
    const { save, state, service, call, store } = createTemplates();
    // What the fake reads back, so that the hash is the one of its content.
    const guide = new Uint8Array(5).fill(7);
    const sha256 = createHash('sha256').update(guide).digest('hex');
    state.kept.set(sha256, 5);
    const edited = await save({
      subject: 'Own',
      body: 'Own\n\n- a\n- b',
      format: 'text',
      from: 'MFA <mfa@corp.example>',
      cc: 'a@b.example',
      bcc: 'c@d.example',
      attachments: [{ name: 'Guide.pdf', bytes: 5, sha256 }],
    });
    const exported = await service.exportAll(null, call());
    expect(exported).toMatchObject({ templates: 28, missing: [] });
    expect(state.archive.map(({ name }) => name)).toContain('en/call-pin-new-user/Guide.pdf');

    expect((await service.planImport({ uploadId: 'u' }, call())).files.every(({ change }) => change === 'same')).toBe(true);
    expect(await service.importAll({ uploadId: 'u' }, call())).toMatchObject({ imported: 0 });
    await service.reset({ ...pin, base: 1 }, call());
    expect(await service.importAll({ uploadId: 'u' }, call())).toMatchObject({ imported: 1 });

    expect((await service.get(pin, call())).content).toEqual(edited.content);
    expect(store.history(pin, { offset: 0, limit: 1 }).versions[0]).toMatchObject({ version: 3, action: 'imported' });
  });

  it('say which attachments have disappeared, and keep the one that the archive lacks', async () => {
    const { save, state, service, call } = createTemplates();
    state.uploads.set('up', 5);
    const { content } = await save({ attachments: [{ name: 'Guide.pdf', uploadId: 'up' }] });
    state.archive.push({ name: 'export/en/call-pin-new-user.txt', content: text('Subject: New\nAttachment: Guide.pdf\n\nBody') });
    await service.importAll({ uploadId: 'u' }, call());
    expect((await service.get(pin, call())).content).toMatchObject({ subject: 'New', attachments: content.attachments });

    state.kept.clear();
    expect((await service.exportAll(null, call())).missing).toEqual(['en/call-pin-new-user/Guide.pdf']);
  });

  it('are all refused when one is, each with its reason', async () => {
    const { state, service, call, store } = createTemplates();
    state.archive.push(
      { name: 'en/call-pin-new-user.txt', content: text('\uFEFFSubject: Fine\r\n\r\nHello') },
      { name: 'en/no-such-mail.txt', content: text('Subject: a\n\nb') },
      { name: 'english/test-mail.txt', content: text('Subject: a\n\nb') },
      { name: 'en/test-mail.txt', content: text('Hello') },
      { name: 'de/test-mail.txt', content: text('Subject: a\nX-Header: b\n\nb') },
      { name: 'fr/test-mail.txt', content: text('Subject: <$pin$>\n\nb') },
      { name: 'es/test-mail.txt', content: text('Subject: a\nAttachment: a.pdf\n\nb') },
      { name: 'it/test-mail.txt', content: Uint8Array.of(0xff, 0x41) },
      { name: 'copy/en/call-pin-new-user.txt', content: text('Subject: a\n\nb') },
      { name: '__MACOSX/en/._test-mail.txt', content: text('x') },
      { name: 'README.md', content: text('x') },
    );

    const { files, ignored } = await service.planImport({ uploadId: 'u' }, call());

    expect(files.map(({ file, change, text: why }) => [file, change, why.slice(0, 30)])).toEqual([
      ['en/call-pin-new-user.txt', 'changed', ''],
      ['en/no-such-mail.txt', 'refused', 'There is no template "no-such-'],
      ['english/test-mail.txt', 'refused', '"english" is not a language co'],
      ['en/test-mail.txt', 'refused', 'A template begins with "Subjec'],
      ['de/test-mail.txt', 'refused', '"X-Header: b" is none of the l'],
      ['fr/test-mail.txt', 'refused', 'subject 1:1: <$pin$> has no va'],
      ['es/test-mail.txt', 'refused', 'The attachment "a.pdf" is not '],
      ['it/test-mail.txt', 'refused', 'The file is not written in UTF'],
      ['copy/en/call-pin-new-user.txt', 'refused', 'The archive has this template '],
    ]);
    expect(ignored).toEqual(['__MACOSX/en/._test-mail.txt', 'README.md']);
    await expect(service.importAll({ uploadId: 'u' }, call())).rejects.toMatchObject({ code: 'invalid-input', details: { refused: 8 } });
    expect(store.state()).toBe(0);
  });

  it('say whose text they take the place of, and are not imported when a mail was changed since they were looked at', async () => {
    const { save, state, service, call } = createTemplates();
    state.archive.push(
      { name: 'en/call-pin-new-user.txt', content: text('Subject: New\n\nBody') },
      { name: 'de/call-pin-new-user.txt', content: text('Subject: Neu\n\nBody') },
    );
    await save({ subject: 'Own' });

    const plan = await service.planImport({ uploadId: 'u' }, call());
    expect(plan.files.map(({ replaces }) => replaces)).toEqual([{ by: 'anna', at: 1_000 }, null]);

    await save({ subject: 'Newer' }, 1);
    const late = service.importAll({ uploadId: 'u', state: plan.state }, call());
    await expect(late).rejects.toMatchObject({ code: 'changed-meanwhile' });
    expect((await service.get(pin, call())).content.subject).toBe('Newer');

    const { state: now } = await service.planImport({ uploadId: 'u' }, call());
    expect(await service.importAll({ uploadId: 'u', state: now }, call())).toMatchObject({ imported: 2 });
  });

  it('of an archive without templates are said to be none', async () => {
    const { service, call } = createTemplates();

    await expect(service.importAll({ uploadId: 'u' }, call())).rejects.toMatchObject({ code: 'file-not-readable' });
  });
});
