import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { TemplateDetail, TemplateDraft, TemplateRef } from '../../../shared/contract/mailTemplates.contract.ts';
import { mailFormats } from '../../../shared/email/templateContent.ts';
import { formatTemplateFile } from '../../../shared/email/templateFile.ts';
import { lineDiff } from '../../../shared/texts/lineDiff.ts';
import { emailText } from '../emailText.ts';
import { formatTable } from '../table.ts';
import { readTemplateFile } from '../templateFolder.ts';
import { templateText } from '../templateText.ts';
import { uploadFile } from '../upload.ts';
import { choiceOption, textOption, textOptions, UsageError, type Verb, type VerbCall } from '../verb.ts';
import { templateFileVerbs } from './templateFileVerbs.ts';

const language = { language: { type: 'string' } } as const;

function refFrom(call: VerbCall): TemplateRef {
  return { template: call.positionals[0] ?? '', language: textOption(call, 'language') ?? 'en' };
}

function saved(detail: TemplateDetail) {
  return { json: detail, text: [templateText.saved(detail), ...detail.problems.map(emailText.problem)].join('\n') };
}

const list: Verb = {
  name: 'email templates',
  usage: '',
  summary: 'Lists the mails that users and administrators can get, with the languages in which each is written.',
  details: 'A star marks what was edited or added here.',
  example: 'mfactl email templates',
  options: {},
  positionals: { min: 0, max: 0 },
  async run({ client }) {
    const answer = await client.mailTemplates.list(null);
    const rows = answer.templates.map(({ id, title, languages }) => [id, title, languages.map(templateText.language).join(' ')]);
    return { json: answer, text: formatTable(['Id', 'Type', 'Languages'], rows) };
  },
};

const show: Verb = {
  name: 'email templates show',
  usage: 'ID [--language CODE] [--default] [--out FILE.txt]',
  summary: 'Shows a mail as it is written, in the form that email templates set reads. Without --language: in English.',
  details: '--default shows what came with the console.',
  example: 'mfactl email templates show call-pin-new-user --language de --out mail.txt',
  options: { ...language, default: { type: 'boolean' }, out: { type: 'string' } },
  positionals: { min: 1, max: 1 },
  async run(call) {
    const detail = await call.client.mailTemplates.get(refFrom(call));
    const text = formatTemplateFile(call.options['default'] === true ? detail.default.content : detail.content);
    const file = textOption(call, 'out');
    if (file === undefined) return { json: detail, text: text.trimEnd() };
    await writeFile(file, text);
    return { json: { ...detail, file }, text: emailText.written(file) };
  },
};

/** What was there, with what the file and the options say in its place. */
async function draftFrom(call: VerbCall, { content }: TemplateDetail): Promise<TemplateDraft> {
  const file = textOption(call, 'file');
  const written = file === undefined ? undefined : await readTemplateFile(file);
  const detached = textOptions(call, 'detach');
  const attach = textOptions(call, 'attach');
  const replaced = new Set([...detached, ...attach.map((path) => basename(path))]);
  const absent = detached.find((name) => !content.attachments.some((one) => one.name === name));
  if (absent !== undefined) throw new UsageError(templateText.noAttachment(absent));
  const kept = content.attachments.filter(({ name }) => !replaced.has(name) && (written?.attachmentNames.includes(name) ?? true));
  const lacking = written?.attachmentNames.find((name) => !replaced.has(name) && !kept.some((one) => one.name === name));
  if (lacking !== undefined) throw new UsageError(templateText.attachWith(lacking));
  const added: TemplateDraft['attachments'] = [];
  for (const path of attach) added.push({ name: basename(path), uploadId: await uploadFile(call.client, call.terminal, path) });
  const before = written?.content ?? content;
  return {
    format: choiceOption(call, 'format', mailFormats) ?? before.format,
    from: textOption(call, 'from') ?? before.from,
    cc: textOption(call, 'cc') ?? before.cc,
    bcc: textOption(call, 'bcc') ?? before.bcc,
    subject: textOption(call, 'subject') ?? before.subject,
    body: before.body,
    attachments: [...kept, ...added],
  };
}

const set: Verb = {
  name: 'email templates set',
  usage:
    'ID [--language CODE] [--file FILE.txt] [--subject TEXT] [--format html|text|own-html] [--from ADDRESS] [--cc ADDRESS,…] [--bcc ADDRESS,…] [--attach FILE…] [--detach NAME…] [--dry-run]',
  summary: 'Changes a mail. What is not named stays as it is. Mails that are in the outbox already stay as they were made.',
  details: `The file begins with "Subject: …" and may have lines "Format: text", "From:", "Cc:", "Bcc:" and "Attachment: NAME"; then comes an empty
line and the body in plain text: paragraphs, "# Heading", lists with "- " or "1. ", lines of "Label: value", and variables such as <$name$>.
Formats: html in the design of the console and in plain text; text in plain text only; own-html, where the body is HTML of your own.
With --dry-run nothing is saved; what is wrong with it is shown. An empty --from is the From of the settings.`,
  example: 'mfactl email templates set call-pin-new-user --language de --file mail.txt --attach Anleitung.pdf',
  options: {
    ...language,
    file: { type: 'string' },
    subject: { type: 'string' },
    format: { type: 'string' },
    from: { type: 'string' },
    cc: { type: 'string' },
    bcc: { type: 'string' },
    attach: { type: 'string', multiple: true },
    detach: { type: 'string', multiple: true },
    'dry-run': { type: 'boolean' },
  },
  positionals: { min: 1, max: 1 },
  async run(call) {
    const { client } = call;
    const ref = refFrom(call);
    const before = await client.mailTemplates.get(ref);
    const draft = await draftFrom(call, before);
    if (call.options['dry-run'] !== true) return saved(await client.mailTemplates.save({ ...ref, base: before.revision, content: draft }));
    const answer = await client.mailTemplates.check({ ...ref, draft });
    const lines = answer.problems.map(emailText.problem);
    return { json: answer, text: lines.length === 0 ? emailText.noProblems : lines.join('\n') };
  },
};

const diff: Verb = {
  name: 'email templates diff',
  usage: 'ID [--language CODE]',
  summary: 'Compares a mail with what came with the console: lines with - are gone, lines with + are new.',
  example: 'mfactl email templates diff call-pin-new-user --language de',
  options: language,
  positionals: { min: 1, max: 1 },
  async run(call) {
    const { content, default: shipped, origin } = await call.client.mailTemplates.get(refFrom(call));
    const lines = lineDiff(formatTemplateFile(shipped.content).trimEnd(), formatTemplateFile(content).trimEnd());
    const isSame = lines.every(({ side }) => side === 'both');
    return {
      json: { origin, default: shipped, content, lines },
      text: isSame ? templateText.same : lines.map(templateText.diffLine).join('\n'),
    };
  },
};

const reset: Verb = {
  name: 'email templates reset',
  usage: 'ID [--language CODE]',
  summary: 'Goes back to what came with the console. The history keeps what was there.',
  example: 'mfactl email templates reset call-pin-new-user --language de',
  options: language,
  positionals: { min: 1, max: 1 },
  async run(call) {
    const ref = refFrom(call);
    const { revision } = await call.client.mailTemplates.get(ref);
    return saved(await call.client.mailTemplates.reset({ ...ref, base: revision }));
  },
};

const history: Verb = {
  name: 'email templates history',
  usage: 'ID [--language CODE]',
  summary: 'Shows who changed a mail and when. Each version can be restored.',
  example: 'mfactl email templates history call-pin-new-user --language de',
  options: language,
  positionals: { min: 1, max: 1 },
  async run(call) {
    const answer = await call.client.mailTemplates.history({ ...refFrom(call), limit: 1000 });
    if (answer.total === 0) return { json: answer, text: templateText.neverChanged };
    return { json: answer, text: formatTable(['Version', 'When', 'Who', 'What'], answer.versions.map(templateText.version)) };
  },
};

const restore: Verb = {
  name: 'email templates restore',
  usage: 'ID VERSION [--language CODE]',
  summary: 'Makes an earlier version of a mail the current one.',
  example: 'mfactl email templates restore call-pin-new-user 3 --language de',
  options: language,
  positionals: { min: 2, max: 2 },
  async run(call) {
    const ref = refFrom(call);
    const version = Number(call.positionals[1]);
    if (!Number.isInteger(version) || version < 1) throw new UsageError(templateText.versionIsNumber);
    const { revision } = await call.client.mailTemplates.get(ref);
    return saved(await call.client.mailTemplates.restore({ ...ref, base: revision, version }));
  },
};

export const emailTemplateVerbs: readonly Verb[] = [list, show, set, diff, reset, history, restore, ...templateFileVerbs];
