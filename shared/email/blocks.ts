import { partsOf } from '../texts/variableParts.ts';
import { isMailVariable, type MailValues, type MailVariable } from './variables.ts';

/** A piece of a line: what the author wrote, or the value of a variable. Only what the author wrote is looked at for links. */
export interface Segment {
  readonly text: string;
  readonly variable?: MailVariable;
}
type Line = readonly Segment[];

export type Block =
  | { readonly kind: 'heading'; readonly line: Line }
  | { readonly kind: 'paragraph'; readonly lines: readonly Line[] }
  | { readonly kind: 'list'; readonly numbered: boolean; readonly items: readonly Line[] }
  | { readonly kind: 'facts'; readonly rows: readonly { readonly label: string; readonly value: Line }[] };

/** Breaks, bidirectional overrides and the like in a value would change more than the place where the value stands. */
// eslint-disable-next-line no-control-regex -- these are what is removed
const steering = /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g;

/** A value as it may stand in a line: without control characters and line breaks. */
export function plainValue(value: string): string {
  return value.replaceAll(steering, ' ').trim();
}

const listItem = /^(?:- |\d{1,2}\. )/;
const fact = /^(?<label>[^:<]{1,40}): +(?=\S)/;

/**
 * What a body consists of. Blocks are separated by empty lines: `# Heading`, lines that begin with `- ` or `1. `, lines of
 * `Label: value`, and paragraphs. The structure comes from the author's text alone: whatever a value contains, it stays
 * where it is. A line with a variable that has no value is left out, and a block without lines too.
 */
export function blocksOf(body: string, values: MailValues): Block[] {
  return body
    .replaceAll('\r\n', '\n')
    .split(/\n[ \t]*\n+/)
    .flatMap((text): Block[] => {
      const lines = text.split('\n').filter((line) => line.trim() !== '');
      const [first = ''] = lines;
      const isList = lines.every((line) => listItem.test(line));
      const isFacts = lines.every((line) => fact.test(line));
      const kept = lines.filter((line) => missingIn(line, values).length === 0);
      if (kept.length === 0) return [];
      if (lines.length === 1 && first.startsWith('# ')) return [{ kind: 'heading', line: segmentsOf(first.slice(2), values) }];
      if (isList) {
        const items = kept.map((line) => segmentsOf(line.replace(listItem, ''), values));
        return [{ kind: 'list', numbered: /^\d/.test(first), items }];
      }
      if (isFacts) {
        const rows = kept.map((line) => {
          const [whole, label = ''] = fact.exec(line)!;
          return { label, value: segmentsOf(line.slice(whole.length), values) };
        });
        return [{ kind: 'facts', rows }];
      }
      return [{ kind: 'paragraph', lines: kept.map((line) => segmentsOf(line, values)) }];
    });
}

/** Variables of a text that have no value. */
export function missingIn(text: string, values: MailValues): MailVariable[] {
  const names = partsOf(text).flatMap(({ name, isClosed }) => (isClosed && name !== undefined && isMailVariable(name) ? [name] : []));
  return [...new Set(names)].filter((name) => plainValue(values[name] ?? '') === '');
}

/** One line in its pieces. What is no variable stays as it is written. */
export function segmentsOf(line: string, values: MailValues): Segment[] {
  return partsOf(line).map(({ text, name, isClosed }) =>
    isClosed && name !== undefined && isMailVariable(name) ? { text: plainValue(values[name] ?? ''), variable: name } : { text },
  );
}
