/** Writer for LDIF content records, RFC 2849. */

/** @param {Iterable<{dn: string, attributes: Record<string, string | Buffer | (string | Buffer)[]>}>} entries */
export function writeLdif(entries, comment) {
  const lines = [...comment.map((line) => `# ${line}`), 'version: 1', ''];
  for (const { dn, attributes } of entries) {
    lines.push(...line('dn', dn));
    for (const [name, values] of Object.entries(attributes)) {
      for (const value of [values].flat()) lines.push(...line(name, value));
    }
    lines.push('');
  }
  return lines.join('\n');
}

function line(name, value) {
  const isSafe = typeof value === 'string' && /^(?:[!-9;=-~][ -~]*)?$/.test(value) && !value.endsWith(' ');
  const text = isSafe ? `${name}: ${value}` : `${name}:: ${Buffer.from(value).toString('base64')}`;
  const folded = [text.slice(0, 76)];
  for (let start = 76; start < text.length; start += 75) folded.push(` ${text.slice(start, start + 75)}`);
  return folded;
}

/** Escapes one value of a name, RFC 4514 section 2.4. */
export function escapeName(value) {
  return value
    .replace(/[\\,+"<>;=]/g, '\\$&')
    .replace(/\n/g, '\\0A')
    .replace(/^([ #])/, '\\$1')
    .replace(/ $/, '\\ ');
}
