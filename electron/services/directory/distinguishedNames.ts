/**
 * Distinguished names (RFC 4514) for comparing and for showing. Nothing here changes a name that goes to a server: servers get back
 * what they sent.
 */

/** Cuts a name into its parts, the nearest first. Blanks around parts are dropped; escapes stay as they are. Never throws. */
export function splitDn(dn: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let isQuoted = false;
  for (let i = 0; i < dn.length; i += 1) {
    const character = dn[i];
    if (character === '\\') i += 1;
    else if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (character === ',' || character === ';')) {
      parts.push(trimPart(dn.slice(from, i)));
      from = i + 1;
    }
  }
  if (dn.slice(from).trim() !== '' || parts.length > 0) parts.push(trimPart(dn.slice(from)));
  return parts;
}

/** A blank behind a backslash belongs to the value. */
function trimPart(part: string): string {
  const trimmed = part.trim();
  return trimmed.endsWith('\\') && part.length > trimmed.length ? `${trimmed} ` : trimmed;
}

/** Equal for two spellings of one name: letter case, blanks and ways of escaping do not matter. */
export function dnKey(dn: string): string {
  return splitDn(dn).map(partKey).join(',');
}

/** The common case — no escapes, no quotes — costs one `toLowerCase`. */
function partKey(part: string): string {
  const equals = part.indexOf('=');
  const type = part.slice(0, equals).trim().toLowerCase();
  const value = part.slice(equals + 1).trim();
  if (!/[\\"+]/.test(value)) return `${type}=${value.toLowerCase()}`;
  return part
    .split(/(?<!\\)\+/)
    .map((single) => {
      const at = single.indexOf('=');
      return `${single.slice(0, at).trim().toLowerCase()}=${escapeForKey(unescapeDnValue(single.slice(at + 1)).toLowerCase())}`;
    })
    .sort()
    .join('+');
}

/** Separators become hexadecimal, so that a key has commas between parts only and can be compared from its end. */
function escapeForKey(value: string): string {
  return value.replace(/[\\,+;]/g, (character) => `\\${character.charCodeAt(0).toString(16)}`);
}

/** The value of a part as people read it: `M\C3\BCller\, J` becomes `Müller, J`. */
export function unescapeDnValue(raw: string): string {
  const value = raw.trim();
  const text = value.startsWith('"') && value.endsWith('"') && value.length > 1 ? value.slice(1, -1) : value;
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  for (let i = 0; i < text.length;) {
    const hex = text[i] === '\\' ? text.slice(i + 1, i + 3) : '';
    if (/^[0-9a-f]{2}$/i.test(hex)) {
      bytes.push(Number.parseInt(hex, 16));
      i += 3;
      continue;
    }
    if (text[i] === '\\') i += 1;
    const character = String.fromCodePoint(text.codePointAt(i) ?? 0xfffd);
    bytes.push(...encoder.encode(character));
    i += character.length;
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

/** The name by which an entry is called among its neighbours. */
export function leafName(dn: string): string {
  const part = splitDn(dn)[0] ?? '';
  return unescapeDnValue(part.slice(part.indexOf('=') + 1));
}

/** True if `dn` is `ancestor` or lies below it. */
export function isUnder(dn: string, ancestor: string): boolean {
  const key = dnKey(dn);
  const above = dnKey(ancestor);
  return above === '' || key === above || key.endsWith(`,${above}`);
}

/** Leaves out names that are equal to or below another one, so that a subtree is not read twice. */
export function withoutOverlap(dns: readonly string[], below: boolean): string[] {
  const distinct = [...new Map(dns.map((dn) => [dnKey(dn), dn])).values()];
  if (!below) return distinct;
  return distinct.filter((dn) => !distinct.some((other) => other !== dn && isUnder(dn, other)));
}
