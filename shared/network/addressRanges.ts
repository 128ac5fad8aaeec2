interface Address {
  readonly family: 4 | 6;
  readonly number: bigint;
}

/** An IPv4 or IPv6 address; null for anything else. An IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2) counts as the IPv4 address. */
function addressOf(text: string): Address | null {
  const plain = text.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '');
  return plain.includes(':') ? ipv6(plain) : ipv4(plain);
}

function ipv4(text: string): Address | null {
  const bytes = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  if (!bytes || bytes.some((byte) => byte > 255)) return null;
  return { family: 4, number: BigInt(bytes.reduce((number, byte) => number * 256 + byte, 0)) };
}

function ipv6(text: string): Address | null {
  const [before = '', after, ...more] = text.replace(/%.*$/, '').split('::');
  const groupsOf = (half: string) => (half === '' ? [] : half.split(':'));
  const [head, tail] = [groupsOf(before), groupsOf(after ?? '')];
  const missing = 8 - head.length - tail.length;
  if (more.length > 0 || (after === undefined ? missing !== 0 : missing < 1)) return null;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))) return null;
  return { family: 6, number: groups.reduce((number, group) => number * 65_536n + BigInt(`0x${group}`), 0n) };
}

/** How many bits of an address are those of its network: `8`, or a mask such as `255.0.0.0`. Null for what is neither. */
function prefixOf(text: string, family: Address['family']): number | null {
  if (/^\d{1,3}$/.test(text)) return Number(text) <= (family === 4 ? 32 : 128) ? Number(text) : null;
  const mask = family === 4 ? ipv4(text) : null;
  const bits = mask?.number.toString(2).padStart(32, '0') ?? '';
  return /^1*0*$/.test(bits) && bits !== '' ? bits.lastIndexOf('1') + 1 : null;
}

/** The first and the last address of a range: `10.0.0.5`, `10.0.0.0/8`, `10.0.0.0/255.0.0.0` or `10.0.0.1-10.0.0.9`, and the same of IPv6. */
function boundsOf(range: string): { readonly family: 4 | 6; readonly first: bigint; readonly last: bigint } | null {
  const [from = '', to] = range.split('-');
  if (to !== undefined) {
    const [first, last] = [addressOf(from), addressOf(to)];
    return first && last && first.family === last.family ? { family: first.family, first: first.number, last: last.number } : null;
  }
  const [base = '', written] = range.split('/');
  const address = addressOf(base);
  const width = address?.family === 4 ? 32 : 128;
  const prefix = address && (written === undefined ? width : prefixOf(written, address.family));
  if (!address || prefix === null) return null;
  const size = 1n << BigInt(width - prefix);
  const first = (address.number / size) * size;
  return { family: address.family, first, last: first + size - 1n };
}

/** Whether a text is a range of addresses that `isInRange` understands. */
export const isAddressRange = (range: string): boolean => boundsOf(range) !== null;

/** Whether an address lies in a range such as `10.0.0.0/8`. False for what is no address or no range. */
export function isInRange(address: string, range: string): boolean {
  const [found, bounds] = [addressOf(address), boundsOf(range)];
  return found !== null && bounds !== null && found.family === bounds.family && found.number >= bounds.first && found.number <= bounds.last;
}
