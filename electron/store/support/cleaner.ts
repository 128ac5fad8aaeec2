import type { PseudonymKind, Pseudonyms } from './pseudonyms.ts';
import { remembered } from './remembered.ts';
import { isSecretField, shownValue, withoutSecretText } from './secretText.ts';

export interface Cleaner {
  value(value: unknown): unknown;
  text(text: string): string;
  /** A line of a log file. */
  line(line: string): string;
}

export interface CleanerOptions {
  /** Null: names stay. */
  readonly pseudonyms: Pseudonyms | null;
  /** Secrets that are known, to be found wherever they are. */
  readonly known: readonly string[];
  /** Folder of this account, whose name is often that of a person. */
  readonly home: string;
}

/** Fields that hold a person or an address as a whole, by their names. */
const personal: readonly (readonly [RegExp, PseudonymKind])[] = [
  [/^(user|username|account|who|by|(first|last|display)name|mail|e?mailaddress|email|from|replyto|bcc?|cc|recipients?|search)$/, 'person'],
  [/^(created|started|saved|removed|edited|changed)by$/, 'person'],
  [/(phone|extension)$/, 'phone'],
  [/dns?$/, 'dn'],
];
const personalKind = remembered((name) => {
  const letters = name.replaceAll(/[^a-z]/gi, '').toLowerCase();
  return personal.find(([pattern]) => pattern.test(letters))?.[1];
});
/** Characters. */
const longestRemembered = 300;
/** Fields with words of the console, times and references; anything else in them is cleaned like any text. */
const plain = new Set([
  'time',
  'at',
  'level',
  'service',
  'method',
  'component',
  'ref',
  'type',
  'state',
  'kind',
  'phase',
  'what',
  'outcome',
]);
const plainIds = new Set(['id', 'jobId', 'version']);
const plainValue = /^[\w.:+-]{1,40}$/;
const frame = /^\s+at /;

export function createCleaner({ pseudonyms, known, home }: CleanerOptions): Cleaner {
  // The longest first: one may be part of another.
  const secrets = known.filter((secret) => secret.length > 2).toSorted((a, b) => b.length - a.length);

  // Long ones hardly repeat.
  const text = (given: string): string => (given.length > longestRemembered ? cleaned(given) : shortText(given));
  const shortText = remembered(cleaned);
  function cleaned(given: string): string {
    const safe = withoutSecretText(home.length > 3 ? given.replaceAll(home, '~') : given, secrets);
    if (!pseudonyms) return safe;
    // Frames of a stack name files of the program.
    if (!safe.includes('\n')) return pseudonyms.inText(safe);
    return safe
      .split('\n')
      .map((line) => (frame.test(line) ? line : pseudonyms.inText(line)))
      .join('\n');
  }

  function field(name: string, value: unknown, isSecret: boolean): unknown {
    const hides = isSecret || isSecretField(name);
    if (typeof value === 'string' || typeof value === 'number') {
      if (hides) return shownValue(value);
      if (typeof value === 'number') return value;
      if ((plain.has(name) || plainIds.has(name)) && plainValue.test(value)) return value;
      const kind = personalKind(name);
      if (kind && pseudonyms) return pseudonyms.of(kind, value);
      return fromText(value);
    }
    return walk(value, name, hides);
  }

  function walk(value: unknown, name: string, isSecret: boolean): unknown {
    if (Array.isArray(value)) return value.map((each: unknown) => field(name, each, isSecret));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [text(key), field(key, each, isSecret)]));
    }
    return value;
  }

  /** The details of an audit entry are JSON in a text: their fields say more than the text. */
  function fromText(given: string): string {
    if (!/^\s*[{[]/.test(given)) return text(given);
    try {
      return JSON.stringify(walk(JSON.parse(given), '', false));
    } catch {
      return text(given);
    }
  }

  return { value: (value) => field('', value, false), text, line: fromText };
}
