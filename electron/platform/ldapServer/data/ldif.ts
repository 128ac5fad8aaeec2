/** Reader for LDIF content records, RFC 2849. Change records and URLs are refused: a data file must not make us read other files. */

export interface LdifRecord {
  readonly dn: string;
  readonly attributes: readonly { readonly name: string; readonly value: Buffer }[];
}

/** The text is not LDIF. `line` counts from 1. */
export class LdifError extends Error {
  override readonly name = 'LdifError';
  readonly line: number;

  constructor(line: number, reason: string) {
    super(`Line ${line}: ${reason}`);
    this.line = line;
  }
}

interface LogicalLine {
  readonly number: number;
  readonly text: string;
}

/** Reads all records. Throws LdifError at the first line that it does not understand. */
export function parseLdif(text: string): LdifRecord[] {
  const records: LdifRecord[] = [];
  let current: { dn: string; attributes: { name: string; value: Buffer }[] } | undefined;
  for (const line of unfold(text)) {
    if (line.text === '') {
      current = undefined;
      continue;
    }
    const { name, value } = parseLine(line);
    if (current === undefined) {
      if (name === 'version' && records.length === 0) continue;
      if (name.toLowerCase() !== 'dn') throw new LdifError(line.number, 'A record starts with its dn.');
      current = { dn: value.toString('utf8'), attributes: [] };
      records.push(current);
    } else if (name.toLowerCase() === 'changetype') {
      throw new LdifError(line.number, 'Change records are not supported.');
    } else {
      current.attributes.push({ name, value });
    }
  }
  return records;
}

/** Joins continued lines and drops comments (which may be continued as well). Empty lines stay: they end a record. */
function unfold(text: string): LogicalLine[] {
  const lines: { number: number; text: string }[] = [];
  text.split(/\r?\n/).forEach((line, index) => {
    const last = lines.at(-1);
    if (line.startsWith(' ') && last !== undefined && last.text !== '') last.text += line.slice(1);
    else lines.push({ number: index + 1, text: line });
  });
  return lines.filter(({ text: line }) => !line.startsWith('#'));
}

function parseLine({ number, text }: LogicalLine): { name: string; value: Buffer } {
  const match = /^([A-Za-z0-9.;-]+):([:<]?) *(.*)$/s.exec(text);
  if (match === null) throw new LdifError(number, 'This is neither an attribute nor a comment.');
  const [, name = '', mark, rest = ''] = match;
  if (mark === '<') throw new LdifError(number, 'Values from a URL are not supported.');
  if (mark === ':' && !/^[A-Za-z0-9+/]*={0,2}$/.test(rest.trim())) throw new LdifError(number, 'This is not base64.');
  return { name, value: mark === ':' ? Buffer.from(rest.trim(), 'base64') : Buffer.from(rest, 'utf8') };
}
