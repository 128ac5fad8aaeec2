import type { CompanySettings } from '../../../shared/contract/companySettings.ts';
import type { EmailSettings, MailProblem } from '../../../shared/contract/email.contract.ts';
import { checkTemplate, type TemplateProblem } from '../../../shared/email/checkTemplate.ts';
import { findSource, type TemplateLibrary } from '../../../shared/email/templateLibrary.ts';
import { allowedVariables, mailTemplates } from '../../../shared/email/templates.ts';

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
    case 'foreign-variable':
      return `${written} would be sent as it is written. Variables are written <$name$>.`;
  }
}

/** What is wrong with one template in one language. */
export function templateProblems(library: TemplateLibrary, id: string, language: string): MailProblem[] {
  const template = mailTemplates.find((known) => known.id === id)!;
  const allowed = allowedVariables(template);
  const found = findSource(library, id, language);
  return checkTemplate(found.source, allowed).map((problem) => ({
    where: id,
    language: found.language,
    field: problem.field,
    line: problem.line,
    column: problem.column,
    text: sentence(problem, allowed),
  }));
}

/** Settings without which mails cannot go out, or say less than they should. */
export function settingsProblems(settings: EmailSettings): MailProblem[] {
  const texts: string[] = [];
  if (!settings.sendEmails) texts.push('Send emails to users is off: nobody gets a mail.');
  if (settings.from === '') texts.push('From is not set: no mail can be sent.');
  if (settings.portalUrl === '') texts.push('The User Portal URL is not set: users who have to enroll get no mail.');
  if (settings.administrators.length === 0) texts.push('No administrator has an address here: mails to administrators reach nobody.');
  if (settings.mode === 'relay' && settings.relay.host === '') texts.push('The relay has no host: nothing can be delivered.');
  if (settings.mode === 'pickup' && settings.pickupFolder === '') texts.push('The pickup folder is not set: nothing can be delivered.');
  if (settings.portalUrl.startsWith('http:'))
    texts.push('The User Portal URL is not encrypted (http): passwords would travel in clear text.');
  return texts.map((text) => ({ where: 'settings', language: '', field: 'settings', line: 0, column: 0, text }));
}

/** New users get a language in which no mail is written. */
export function languageProblems(library: TemplateLibrary, { languages }: CompanySettings['userDefaults']): MailProblem[] {
  const wanted = [...new Set(Object.values(languages))];
  const lacking = wanted.filter((language) => !Object.hasOwn(library, language) && !Object.hasOwn(library, language.split('-')[0]!));
  return lacking.map((language) => ({
    where: 'settings',
    language,
    field: 'settings',
    line: 0,
    column: 0,
    text: `No mail is written in "${language}", the language of new users. They get it in English.`,
  }));
}
