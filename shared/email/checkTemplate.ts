import { controlCharacter } from '../lib/controlCharacter.ts';
import { partsOf } from '../texts/variableParts.ts';
import { checkLinks, checkMarkup } from './checkBody.ts';
import { checkHtml } from './checkHtml.ts';
import { checkAttachments, checkFrom, checkMailboxes } from './checkHeaders.ts';
import type { RenderedFrom, TemplateContent, TemplateSource } from './templateContent.ts';
import { placed, type Finding, type ProblemField, type TemplateProblem } from './templateProblem.ts';
import { isMailVariable, mailVariables, type MailVariable } from './variables.ts';

/** A subject is one line of at most 998 octets (RFC 5322 section 2.1.1); people read far less of it. */
const limits = { subject: 200, body: 50_000 } as const;
/** Line ends may stand in a body; everything else of this kind shows nothing or steers something. */
// eslint-disable-next-line no-control-regex -- these are what is looked for
const control = {
  subject: controlCharacter,
  body: /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029]/,
};
/** Variables of other mail tools and of the shell. They would reach the reader as they are. */
const known = mailVariables.join('|');
const foreign = new RegExp(
  `\\{\\{(?:[^{}\\n]{0,60}\\}\\})?|\\{%[^%\\n]{0,60}%\\}|\\$\\{[^}\\n]{0,60}\\}|%(?:${known})%|<(?:${known})>`,
  'gi',
);

/** Everything that is wrong with a template, field by field; empty when it can be used. */
export function checkContent(content: TemplateContent, allowed: readonly MailVariable[]): TemplateProblem[] {
  return [
    ...placed('from', content.from, checkFrom(content.from)),
    ...placed('cc', content.cc, checkMailboxes(content.cc)),
    ...placed('bcc', content.bcc, checkMailboxes(content.bcc)),
    ...checkTemplate(content, allowed),
    ...placed('attachments', '', checkAttachments(content.attachments)),
  ];
}

/** Everything that is wrong with what the reader reads. */
export function checkTemplate(source: RenderedFrom, allowed: readonly MailVariable[]): TemplateProblem[] {
  const { subject, body, format } = source;
  const inSubject = checkField('subject', subject, allowed);
  const markup = format === 'own-html' ? checkHtml(body) : [...checkMarkup(body), ...checkLinks(body)];
  const inBody = [...checkField('body', body, allowed), ...markup].toSorted((one, other) => one.at - other.at);
  return [...placed('subject', subject, inSubject), ...placed('body', body, inBody)];
}

function checkField(field: ProblemField & keyof TemplateSource, text: string, allowed: readonly MailVariable[]): Finding[] {
  if (text.trim() === '') return [{ kind: 'empty', at: 0, length: 0 }];

  const found: Finding[] = [];
  if (text.length > limits[field]) found.push({ kind: 'too-long', at: limits[field], length: 0 });
  const steering = control[field].exec(text);
  if (steering) found.push({ kind: 'control-character', at: steering.index, length: 1 });
  for (const { text: written, name, isClosed, at } of partsOf(text)) {
    const length = written.length;
    if (name === undefined) {
      const stray = written.indexOf('$>');
      if (stray !== -1) found.push({ kind: 'variable-not-opened', at: at + stray, length: 2 });
    }
    // Of one that is never closed only the beginning is marked, not all that follows.
    else if (!isClosed) found.push({ kind: 'variable-not-closed', at, length: 2 });
    else if (!isMailVariable(name)) found.push({ kind: 'unknown-variable', at, length });
    else if (!allowed.includes(name)) found.push({ kind: 'variable-not-allowed', at, length });
  }
  for (const { index, 0: written } of text.matchAll(foreign)) found.push({ kind: 'foreign-variable', at: index, length: written.length });
  return found.toSorted((one, other) => one.at - other.at);
}
