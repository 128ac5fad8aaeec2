import { partsOf } from '../texts/variableParts.ts';
import type { TemplateSource } from './templateSource.ts';
import { isMailVariable, type MailVariable } from './variables.ts';

/** Why a template cannot be used as it is written. `at` and `length` are UTF-16 units in the field; lines and columns begin at 1. */
export interface TemplateProblem {
  readonly field: keyof TemplateSource;
  readonly kind:
    'empty' | 'too-long' | 'control-character' | 'unknown-variable' | 'variable-not-allowed' | 'variable-not-closed' | 'foreign-variable';
  /** What is written there. */
  readonly written: string;
  readonly at: number;
  readonly length: number;
  readonly line: number;
  readonly column: number;
}

/** A subject is one line of at most 998 octets (RFC 5322 section 2.1.1); people read far less of it. */
const limits = { subject: 200, body: 50_000 } as const;
/** Line ends may stand in a body; everything else of this kind shows nothing or steers something. */
// eslint-disable-next-line no-control-regex -- these are what is looked for
const control = {
  subject: /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/,
  body: /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029]/,
};
/** Variables of other mail tools. They would reach the reader as they are. */
const foreign = /\{\{[^{}\n]{0,60}\}\}|\{%[^%\n]{0,60}%\}|\$\{[^}\n]{0,60}\}/g;

/** Everything that is wrong with a template, by its place; empty when it can be used. */
export function checkTemplate(source: TemplateSource, allowed: readonly MailVariable[]): TemplateProblem[] {
  return (['subject', 'body'] as const).flatMap((field) => checkField(field, source[field], allowed));
}

function checkField(field: keyof TemplateSource, text: string, allowed: readonly MailVariable[]): TemplateProblem[] {
  const problem = (kind: TemplateProblem['kind'], at: number, length: number): TemplateProblem => {
    const before = text.slice(0, at).split('\n');
    return { field, kind, written: text.slice(at, at + length), at, length, line: before.length, column: before.at(-1)!.length + 1 };
  };
  if (text.trim() === '') return [problem('empty', 0, 0)];

  const problems: TemplateProblem[] = [];
  if (text.length > limits[field]) problems.push(problem('too-long', limits[field], 0));
  const steering = control[field].exec(text);
  if (steering) problems.push(problem('control-character', steering.index, 1));
  for (const { text: written, name, isClosed, at } of partsOf(text)) {
    if (name === undefined) continue;
    // Of one that is never closed only the beginning is marked, not all that follows.
    if (!isClosed) problems.push(problem('variable-not-closed', at, 2));
    else if (!isMailVariable(name)) problems.push(problem('unknown-variable', at, written.length));
    else if (!allowed.includes(name)) problems.push(problem('variable-not-allowed', at, written.length));
  }
  for (const found of text.matchAll(foreign)) problems.push(problem('foreign-variable', found.index, found[0].length));
  return problems.toSorted((one, other) => one.at - other.at);
}
