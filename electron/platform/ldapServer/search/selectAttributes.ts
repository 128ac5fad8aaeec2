import type { Attribute, Entry } from '../data/entryStore.ts';
import type { ReturnedAttribute } from '../protocol/messages.ts';
import type { EntryView } from './entryView.ts';
import { attributeKey } from './schema.ts';

export interface SelectionOptions {
  readonly typesOnly: boolean;
  /** More values than this are returned in ranges (MaxValRange of Active Directory). */
  readonly maxValues: number;
  /** Returns `member` without values beside `member;range=0-1499`. Domain controllers do so in practice. */
  readonly keepsRangedAttribute: boolean;
}

/** Prepares the attribute list of a search request, RFC 4511 section 4.5.1.8, with the ranges of [MS-ADTS] 3.1.1.3.1.3.3. */
export function compileSelection(
  requested: readonly string[],
  view: EntryView,
  options: SelectionOptions,
): (entry: Entry) => readonly ReturnedAttribute[] {
  const names = requested.filter((name) => name !== '1.1');
  const wantsAll = requested.length === 0 || names.includes('*');
  const wantsOperational = names.includes('+');
  const listed = names.filter((name) => name !== '*' && name !== '+').map((name) => ({ key: attributeKey(name), range: readRange(name) }));

  return (entry) => {
    const returned = new Map<string, ReturnedAttribute>();
    const add = (attribute: Attribute, range?: Range) => {
      for (const cut of cutValues(attribute, range, options)) returned.set(cut.name.toLowerCase(), cut);
    };
    // The list goes last, so that an explicit range wins over the one that `*` brings.
    if (wantsAll) view.userAttributes(entry).forEach((attribute) => add(attribute));
    if (wantsOperational) view.operationalAttributes(entry).forEach((attribute) => add(attribute));
    for (const { key, range } of listed) {
      const attribute = view.read(entry, key);
      if (attribute !== undefined) add(attribute, range);
    }
    const attributes = [...returned.values()];
    return options.typesOnly ? attributes.map(({ name }) => ({ name, values: [] })) : attributes;
  };
}

interface Range {
  readonly from: number;
  /** Last index wanted; Infinity for `*`. */
  readonly to: number;
}

function readRange(description: string): Range | undefined {
  const match = /;range=(\d{1,9})-(\d{1,9}|\*)(?:;|$)/i.exec(description);
  if (match === null) return undefined;
  return { from: Number(match[1]), to: match[2] === '*' ? Infinity : Number(match[2]) };
}

function cutValues(attribute: Attribute, range: Range | undefined, options: SelectionOptions): readonly ReturnedAttribute[] {
  const { name, values } = attribute;
  if (range === undefined && values.length <= options.maxValues) return [attribute];
  const from = range?.from ?? 0;
  if (from >= values.length) return [];
  const last = Math.min(range?.to ?? Infinity, from + options.maxValues - 1);
  const isLast = last >= values.length - 1;
  const cut = { name: `${name};range=${from}-${isLast ? '*' : last}`, values: values.slice(from, last + 1) };
  return range === undefined && options.keepsRangedAttribute ? [{ name, values: [] }, cut] : [cut];
}
