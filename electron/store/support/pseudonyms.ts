import { createHmac } from 'node:crypto';
import { fold } from '../../../shared/lib/fold.ts';
import { remembered } from './remembered.ts';

/** Says whether a text is the name of somebody: a username, or a first and last name. */
export type KnowsPerson = (words: string) => boolean;

export interface Pseudonyms {
  /** A text with all that it says about people replaced. */
  inText(text: string): string;
  /** For the whole of a value of which its field says that it is about somebody. */
  of(kind: PseudonymKind, value: string): string;
}

export type PseudonymKind = 'person' | 'phone' | 'dn' | 'ip';

/** Each with what is quickly seen of a text that has none. */
const patterns: readonly (readonly [sign: RegExp, pattern: RegExp, kind: PseudonymKind])[] = [
  // Distinguished names (RFC 4514) of two parts or more. What follows a DC is not part of it.
  [/=/, /\b(?:CN|OU|UID|O|L|DC)=(?:[^,;"\n=]+)(?:,\s*(?:DC=[\p{L}\p{N}-]+|(?:CN|OU|UID|O|L|C|ST|STREET)=[^,;"\n=]+))+/giu, 'dn'],
  [/@/, /[\p{L}\p{N}._%+'$-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*/gu, 'person'],
  [/\\/, /(?<![\p{L}\p{N}])[\p{L}\p{N}.-]{1,64}\\[\p{L}\p{N}._$-]+/gu, 'person'],
  [/\+\d/, /\+\d[\d ()/-]{5,20}\d/g, 'phone'],
  [/\d\.\d/, /(?<![\d.])(?!127\.|0\.0\.0\.0)(?:\d{1,3}\.){3}\d{1,3}(?![\d.]*\d)/g, 'ip'],
  [
    /:[\da-f:]*:/i,
    /(?<![\w:])(?:[\da-f]{1,4}:){4,7}[\da-f]{1,4}(?![\w:])|(?<![\w:])[\da-f]{1,4}(?::[\da-f]{1,4})*::[\da-f:]*[\da-f](?![\w:])/gi,
    'ip',
  ],
];

const word = /[\p{L}\p{N}](?:[\p{L}\p{N}._'$-]*[\p{L}\p{N}$])?/gu;
/** The same where no other letters are, which is looked through in a fraction of the time. */
const plainWord = /[a-z\d](?:[a-z\d._'$-]*[a-z\d$])?/gi;
// oxlint-disable-next-line no-control-regex
const isPlain = /^[\0-\x7f]*$/;
/** What may stand between the words of a name; no single word has anything else. */
const isOneName = /^[^\n:;()[\]{}]*$/;
/** Names of more words are not looked for in running text. */
const longestName = 3;

/** The same value has the same pseudonym wherever it stands and however it is written. Nobody finds out the value without the salt. */
export function createPseudonyms(salt: Uint8Array, knows: KnowsPerson): Pseudonyms {
  const markOf = remembered((value) => createHmac('sha256', salt).update(fold(value.trim())).digest('hex').slice(0, 10));
  const of = (kind: PseudonymKind, value: string): string => (value.trim() === '' ? value : `${kind}-${markOf(value)}`);

  /** People by their names, the longest name first. */
  function withoutNames(text: string): string {
    const found = [...text.matchAll(isPlain.test(text) ? plainWord : word)].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
    }));
    let cleaned = '';
    let at = 0;
    for (let first = 0; first < found.length; first++) {
      const { start } = found[first]!;
      for (let length = Math.min(longestName, found.length - first); length > 0; length--) {
        const { end } = found[first + length - 1]!;
        const name = text.slice(start, end);
        if (name.length > 1 && (length === 1 || isOneName.test(name)) && knows(name)) {
          cleaned += text.slice(at, start) + of('person', name);
          at = end;
          first += length - 1;
          break;
        }
      }
    }
    return cleaned + text.slice(at);
  }

  return {
    of,
    inText(text) {
      let cleaned = text;
      for (const [sign, pattern, kind] of patterns) if (sign.test(cleaned)) cleaned = cleaned.replace(pattern, (value) => of(kind, value));
      return withoutNames(cleaned);
    },
  };
}
