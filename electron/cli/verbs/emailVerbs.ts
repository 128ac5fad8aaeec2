import { writeFile } from 'node:fs/promises';
import { AppError } from '../../../shared/contract/errors.ts';
import { emailText } from '../emailText.ts';
import { readTemplateFile } from '../templateFolder.ts';
import { choiceOption, textOption, UsageError, type Verb } from '../verb.ts';

const emailLint: Verb = {
  name: 'email lint',
  usage: '[--strict]',
  summary: 'Looks for settings and places in mails that would spoil them. Exit code 1 when there are errors.',
  details: 'With --strict warnings count as errors.',
  example: 'mfactl email lint --strict',
  options: { strict: { type: 'boolean' } },
  positionals: { min: 0, max: 0 },
  async run({ client, options }) {
    const answer = await client.email.lint(null);
    const lines = answer.problems.map(emailText.problem);
    const errors = answer.problems.filter(({ severity }) => severity === 'error').length;
    if (errors > 0 || (options['strict'] === true && lines.length > 0))
      throw new AppError('mail-not-ready', lines.join('\n'), { details: { errors, warnings: lines.length - errors } });
    return { json: answer, text: lines.length === 0 ? emailText.noProblems : lines.join('\n') };
  },
};

const formats = ['text', 'html', 'eml'] as const;

const emailPreview: Verb = {
  name: 'email preview',
  usage: '[--template ID] --user USERNAME | --sample [--language CODE] [--file FILE.txt] [--format text|html|eml] [--out FILE]',
  summary: 'Shows a mail as it would be sent, to a user or to an invented one. Sends nothing; a PIN in it is invented.',
  details: `Without --template it is the mail that the user would get if he was added now. Date and Message-ID are fixed.
With --file it is what the mail would be if that text was saved (see email templates set); its attachments are not read.`,
  example: 'mfactl email preview --template call-pin-new-user --user anna.miller@corp.example --format eml --out anna.eml',
  options: {
    template: { type: 'string' },
    user: { type: 'string' },
    sample: { type: 'boolean' },
    language: { type: 'string' },
    file: { type: 'string' },
    format: { type: 'string' },
    out: { type: 'string' },
  },
  positionals: { min: 0, max: 0 },
  async run(call) {
    const username = textOption(call, 'user');
    const format = choiceOption(call, 'format', formats) ?? 'text';
    const file = textOption(call, 'out');
    if ((username === undefined) === (call.options['sample'] !== true)) throw new UsageError(emailText.onePreview);
    const draftFile = textOption(call, 'file');
    if (draftFile !== undefined && textOption(call, 'template') === undefined) throw new UsageError(emailText.draftOfWhich);
    const answer = await call.client.email.preview({
      template: textOption(call, 'template'),
      language: textOption(call, 'language'),
      draft: draftFile === undefined ? undefined : { ...(await readTemplateFile(draftFile)).content, attachments: [] },
      withAttachments: format === 'eml',
      user: username === undefined ? undefined : { username },
    });
    if (file !== undefined) {
      // A mail in transit has only ASCII bytes here, so the text is the bytes.
      await writeFile(file, answer[format], format === 'eml' ? 'latin1' : 'utf8');
      return { json: { ...answer, file }, text: emailText.written(file) };
    }
    if (format !== 'text') return { json: answer, text: answer[format].replaceAll('\r\n', '\n').trimEnd() };
    const head = [...emailText.head(answer), '', answer.text.trimEnd()];
    return { json: answer, text: [...head, ...(answer.missing.length > 0 ? ['', emailText.left(answer.missing)] : [])].join('\n') };
  },
};

const emailExplain: Verb = {
  name: 'email explain',
  usage: 'USERNAME',
  summary: 'Tells which mail a user would get if he was added now, and why.',
  example: 'mfactl email explain anna.miller@corp.example',
  options: {},
  positionals: { min: 1, max: 1 },
  async run({ client, positionals: [username = ''] }) {
    const answer = await client.email.explain({ user: { username } });
    return { json: answer, text: emailText.verdict(answer.template, answer.to, emailText.reason(answer.reason)) };
  },
};

export const emailVerbs: readonly Verb[] = [emailLint, emailPreview, emailExplain];
