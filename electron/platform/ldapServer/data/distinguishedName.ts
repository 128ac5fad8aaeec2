/** Distinguished names of RFC 4514, compared as directories do: without case, and however a character was escaped. */

export interface NamePart {
  /** Attribute type in lower case, short form where one exists. */
  readonly type: string;
  readonly value: string;
}

/** One level of a name; more than one part only for multi-valued RDNs (`CN=a+UID=b`). */
export type Rdn = readonly NamePart[];

/** Numeric and long spellings of the types that stand in names, RFC 4514 section 3. */
const typeAliases: Readonly<Record<string, string>> = {
  '2.5.4.3': 'cn',
  commonname: 'cn',
  '2.5.4.7': 'l',
  '2.5.4.10': 'o',
  organizationname: 'o',
  '2.5.4.11': 'ou',
  organizationalunitname: 'ou',
  '0.9.2342.19200300.100.1.25': 'dc',
  domaincomponent: 'dc',
  '0.9.2342.19200300.100.1.1': 'uid',
  userid: 'uid',
};

/** Parses a name from leaf to root. The empty name has no levels. Answers undefined for what is no DN. */
export function parseDn(text: string): readonly Rdn[] | undefined {
  if (text.trim() === '') return [];
  const levels: Rdn[] = [];
  for (const level of splitUnescaped(text, ',')) {
    const parts: NamePart[] = [];
    for (const part of splitUnescaped(level, '+')) {
      const parsed = parsePart(part);
      if (parsed === undefined) return undefined;
      parts.push(parsed);
    }
    levels.push(parts);
  }
  return levels;
}

/** The form under which a name is stored and compared. Two spellings of one name have one key. Undefined for what is no DN. */
export function dnKey(text: string): string | undefined {
  const levels = parseDn(text);
  return levels === undefined ? undefined : levels.map(rdnKey).join(',');
}

/** Key of the name one level up; undefined for the empty name. */
export function parentKey(key: string): string | undefined {
  if (key === '') return undefined;
  const [leaf = ''] = splitUnescaped(key, ',');
  return key.slice(leaf.length + 1);
}

/** True for the name itself and everything below. Both arguments are keys. */
export function isWithin(key: string, ancestor: string): boolean {
  return ancestor === '' || key === ancestor || key.endsWith(`,${ancestor}`);
}

/** Text form used to compare values without case: composed, folded, without outer spaces. */
export function foldText(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

function rdnKey(rdn: Rdn): string {
  return rdn
    .map(({ type, value }) => `${type}=${foldText(value).replace(/[\\,+=]/g, '\\$&')}`)
    .sort()
    .join('+');
}

function splitUnescaped(text: string, separator: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] === '\\') index += 1;
    else if (text[index] === separator) {
      pieces.push(text.slice(start, index));
      start = index + 1;
    }
  }
  pieces.push(text.slice(start));
  return pieces;
}

function parsePart(text: string): NamePart | undefined {
  const equals = text.indexOf('=');
  if (equals < 0) return undefined;
  const written = text
    .slice(0, equals)
    .trim()
    .toLowerCase()
    .replace(/^oid\./, '');
  if (!/^([a-z][a-z0-9-]*|\d+(\.\d+)+)$/.test(written)) return undefined;
  const value = unescapeValue(text.slice(equals + 1));
  return value === undefined ? undefined : { type: typeAliases[written] ?? written, value };
}

/** Undoes `\,` and `\2C`; spaces at the ends count only when escaped. Undefined where a backslash ends the value. */
function unescapeValue(written: string): string | undefined {
  const text = written.trimStart();
  const bytes: Buffer[] = [];
  let keep = 0;
  for (let index = 0; index < text.length;) {
    const hex = /^\\([0-9a-f]{2})/i.exec(text.slice(index, index + 3));
    if (hex?.[1] !== undefined) {
      bytes.push(Buffer.from(hex[1], 'hex'));
      index += 3;
      keep = bytes.length;
    } else if (text[index] === '\\') {
      const character = String.fromCodePoint(text.codePointAt(index + 1) ?? 0);
      if (index + 1 >= text.length) return undefined;
      bytes.push(Buffer.from(character));
      index += 1 + character.length;
      keep = bytes.length;
    } else {
      const character = String.fromCodePoint(text.codePointAt(index) ?? 0);
      bytes.push(Buffer.from(character));
      index += character.length;
      if (character !== ' ') keep = bytes.length;
    }
  }
  return Buffer.concat(bytes.slice(0, keep)).toString('utf8');
}
