import { textVariables, type TextRule, type TextVariable } from './messageKinds.ts';
import { partsOf } from './variableParts.ts';

/** Why a text cannot be used. `at` and `length` say where, in UTF-16 units. */
export type TextProblem =
  | { readonly kind: 'empty' }
  | { readonly kind: 'too-long'; readonly length: number; readonly maxLength: number }
  | { readonly kind: 'control-character'; readonly at: number; readonly length: number }
  | { readonly kind: 'unknown-variable'; readonly name: string; readonly at: number; readonly length: number }
  | { readonly kind: 'variable-not-allowed'; readonly name: TextVariable; readonly at: number; readonly length: number }
  | { readonly kind: 'variable-not-closed'; readonly at: number; readonly length: number }
  | { readonly kind: 'variable-missing'; readonly name: TextVariable };

/** Line ends are allowed; everything else of this kind shows nothing or steers a phone. */
// eslint-disable-next-line no-control-regex -- these are what is looked for
const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]|\r(?!\n)/;

/** Everything that is wrong with a text, by its place; empty when it can be used. */
export function checkText(text: string, rule: TextRule): TextProblem[] {
  if (text.trim() === '') return [{ kind: 'empty' }];
  const problems: TextProblem[] = [];
  if (text.length > rule.maxLength) problems.push({ kind: 'too-long', length: text.length, maxLength: rule.maxLength });
  const steering = control.exec(text);
  if (steering) problems.push({ kind: 'control-character', at: steering.index, length: 1 });

  const found = new Set<string>();
  for (const { text: written, name, isClosed, at } of partsOf(text)) {
    if (name === undefined) continue;
    const place = { at, length: written.length };
    if (!isClosed) problems.push({ kind: 'variable-not-closed', ...place });
    else if (!isVariable(name)) problems.push({ kind: 'unknown-variable', name, ...place });
    else if (!rule.allowed.includes(name)) problems.push({ kind: 'variable-not-allowed', name, ...place });
    found.add(name);
  }
  for (const name of rule.required) if (!found.has(name)) problems.push({ kind: 'variable-missing', name });
  return problems;
}

/** The text with values in place of its variables. What is no variable, or has no value, stays as it is written. */
export function renderText(text: string, values: Readonly<Partial<Record<TextVariable, string>>>): string {
  return partsOf(text)
    .map(({ text: written, name, isClosed }) => (name !== undefined && isClosed && isVariable(name) ? (values[name] ?? written) : written))
    .join('');
}

function isVariable(name: string): name is TextVariable {
  return textVariables.some((known) => known === name);
}
