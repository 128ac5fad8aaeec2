import type { CompanySettings } from '../../../shared/contract/companySettings.ts';
import type { EmailSettings } from '../../../shared/contract/email.contract.ts';
import type { MailProblem } from '../../../shared/contract/mailProblem.ts';
import type { TemplateRef } from '../../../shared/contract/mailTemplates.contract.ts';
import { checkContent } from '../../../shared/email/checkTemplate.ts';
import type { MailAttachment, TemplateContent } from '../../../shared/email/templateContent.ts';
import type { TemplateLibrary } from '../../../shared/email/templateLibrary.ts';
import { isError, placed, type Finding, type TemplateProblem } from '../../../shared/email/templateProblem.ts';
import { allowedVariables, mailTemplates } from '../../../shared/email/templates.ts';
import { isNew } from './templates/draftAttachments.ts';

/** The problem as a sentence; `line` and `column` stand beside it. */
function sentence(problem: TemplateProblem, allowed: readonly string[]): string {
  const { field, written } = problem;
  switch (problem.kind) {
    case 'empty':
      return `The ${field} is empty.`;
    case 'too-long':
      return `The ${field} is too long from here on.`;
    case 'control-character':
      return 'There is a control character.';
    case 'unknown-variable':
      return `There is no variable ${written}. Known here: ${allowed.join(', ')}.`;
    case 'variable-not-allowed':
      return `${written} has no value in this mail. Known here: ${allowed.join(', ')}.`;
    case 'variable-not-closed':
      return 'This variable is not closed with $>.';
    case 'variable-not-opened':
      return 'This closes a variable that was not opened with <$.';
    case 'foreign-variable':
      return `${written} would be sent as it is written. Variables are written <$name$>.`;
    case 'not-an-address':
      return `"${written}" is no address that every mail server takes. Write name@company.example or Name <name@company.example>, without umlauts before the @.`;
    case 'too-many-addresses':
      return 'From here on there are more than 20 addresses. Use a group of your mail server.';
    case 'attachment-name':
      return `"${written}" cannot be the name of a file.`;
    case 'attachment-twice':
      return `There are two attachments named "${written}".`;
    case 'attachment-too-large':
      return `"${written}" has more than 10 MB. Mail servers refuse what is larger: put the file on a server and write a link.`;
    case 'attachments-too-large':
      return 'The attachments have more than 20 MB together. Mail servers refuse such mails.';
    case 'attachment-missing':
      return `The attachment "${written}" is not in the data folder any more. Mails with it are not sent.`;
    case 'attachment-blocked':
      return `Outlook does not let its reader open "${written}".`;
    case 'markup':
      return `The reader would see ${written} as it is written here: the body is plain text and gets its design from the console.`;
    case 'tag-not-closed':
      return `${written} is not closed.`;
    case 'variable-in-tag':
      return `A variable may stand in text and in an attribute's quotes, and of those in href only <$user_portal_url$>: people choose most values themselves.`;
    case 'html-forbidden':
      return `Mail programs take ${written} out of a mail: it would run or load something.`;
    case 'tag-not-opened':
      return `${written} closes nothing.`;
    case 'html-dropped':
      return `Outlook for Windows leaves out ${written}.`;
    case 'image-remote':
      return `Most mail programs do not load ${written} before their reader agrees, and it tells its server who reads the mail.`;
    case 'image-not-readable':
      return `The image ${written} would not be there: write its whole address with https://.`;
    case 'image-without-text':
      return 'The image has no alt: a reader who does not see it learns nothing.';
    case 'link-not-readable':
      return `${written} is no link that a mail program can open. Write https:// and the name of a server, without user name.`;
    case 'link-cut':
      return `The link ends before the variable: only ${written} could be opened.`;
  }
}

/** What is wrong with a template. `isThere`: whether an attachment still lies in the data folder. */
export function contentProblems(
  { template: id, language }: TemplateRef,
  content: TemplateContent,
  isThere: (attachment: MailAttachment) => boolean,
): MailProblem[] {
  const allowed = allowedVariables(mailTemplates.find((known) => known.id === id)!);
  const gone = content.attachments.filter((attachment) => !isNew(attachment) && !isThere(attachment));
  const missing = gone.map(({ name }): Finding => ({ kind: 'attachment-missing', at: 0, length: 0, written: name }));
  return [...checkContent(content, allowed), ...placed('attachments', '', missing)].map((problem) => ({
    where: id,
    language,
    severity: isError(problem) ? 'error' : 'warning',
    field: problem.field,
    // An attachment has no place in a text.
    line: problem.field === 'attachments' ? 0 : problem.line,
    column: problem.field === 'attachments' ? 0 : problem.column,
    at: problem.at,
    length: problem.length,
    text: sentence(problem, allowed),
  }));
}

/** Settings without which mails cannot go out, or say less than they should. */
export function settingsProblems(settings: EmailSettings): MailProblem[] {
  const errors: string[] = [];
  const warnings: string[] = [];
  if (!settings.sendEmails) warnings.push('Send emails to users is off: nobody gets a mail.');
  if (settings.from === '') errors.push('From is not set: no mail can be sent.');
  if (settings.portalUrl === '') warnings.push('The User Portal URL is not set: users who have to enroll get no mail.');
  if (settings.administrators.length === 0) warnings.push('No administrator has an address here: mails to administrators reach nobody.');
  if (settings.mode === 'relay' && settings.relay.host === '') errors.push('The relay has no host: nothing can be delivered.');
  if (settings.mode === 'pickup' && settings.pickupFolder === '') errors.push('The pickup folder is not set: nothing can be delivered.');
  if (settings.portalUrl.startsWith('http:'))
    warnings.push('The User Portal URL is not encrypted (http): passwords would travel in clear text.');
  return [...errors.map((text) => aboutSettings('error', '', text)), ...warnings.map((text) => aboutSettings('warning', '', text))];
}

/** New users get a language in which no mail is written, or a language has some mails only. */
export function languageProblems(library: TemplateLibrary, { languages }: CompanySettings['userDefaults']): MailProblem[] {
  const wanted = [...new Set(Object.values(languages))];
  const lacking = wanted.filter((language) => !Object.hasOwn(library, language) && !Object.hasOwn(library, language.split('-')[0]!));
  const partly = Object.keys(library).flatMap((language) => {
    // What a kind of a language lacks, the language itself may have.
    const family = [library[language]!, library[language.split('-')[0]!] ?? {}];
    const missing = mailTemplates.filter(({ id }) => !family.some((templates) => templates[id])).length;
    return missing === 0 ? [] : [{ language, missing }];
  });
  return [
    ...lacking.map((language) =>
      aboutSettings('warning', language, `No mail is written in "${language}", the language of new users. They get it in English.`),
    ),
    ...partly.map(({ language, missing }) =>
      aboutSettings(
        'warning',
        language,
        `${missing} of ${mailTemplates.length} mails are not written in "${language}". Its readers get those in the language of new users, or in English.`,
      ),
    ),
  ];
}

function aboutSettings(severity: MailProblem['severity'], language: string, text: string): MailProblem {
  return { where: 'settings', language, severity, field: 'settings', line: 0, column: 0, at: 0, length: 0, text };
}
