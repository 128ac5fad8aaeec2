const label = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;
const ipv4 = /^(\d{1,3})(\.\d{1,3}){3}$/;

/** Whether this can be the name of a host (RFC 1123 section 2.1, and the underscore that Windows allows) or an IP address. Lower case. */
export function isHost(text: string): boolean {
  if (text.includes(':')) return isIpv6(text);
  if (ipv4.test(text)) return text.split('.').every((part) => Number(part) <= 255);
  return text.length <= 253 && text.split('.').every((part) => label.test(part)) && !/^[\d.]+$/.test(text);
}

/** RFC 4291 section 2.2, without a zone. */
function isIpv6(text: string): boolean {
  const halves = text.replace(/(\d{1,3}\.){3}\d{1,3}$/, '0:0').split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  return groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group)) && (halves.length === 2 ? groups.length < 8 : groups.length === 8);
}

/** Whether a text that somebody typed is the number of a TCP port. */
export function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}

/** `host:port`, or `host:port/udp`; the host in lower case, an IPv6 address in brackets. */
export function targetIdOf({ host, port }: { readonly host: string; readonly port: number }, protocol: 'tcp' | 'udp' = 'tcp'): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}${protocol === 'udp' ? '/udp' : ''}`.toLowerCase();
}

/** Ranges that only exist inside a network or a computer: RFC 1918, 6890, 6598, 4193 and 4291. */
const innerIpv4 = [
  [0x00_00_00_00, 8],
  [0x0a_00_00_00, 8],
  [0x64_40_00_00, 10],
  [0x7f_00_00_00, 8],
  [0xa9_fe_00_00, 16],
  [0xac_10_00_00, 12],
  [0xc0_a8_00_00, 16],
] as const;

/** Whether an address can only be inside this network or this computer, so that no public host has it. */
export function isInnerAddress(address: string): boolean {
  const plain = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '');
  if (plain.includes(':')) return plain === '::' || plain === '::1' || /^f[cd]|^fe[89ab]/.test(plain);
  const number = plain.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return innerIpv4.some(([base, bits]) => Math.floor(number / 2 ** (32 - bits)) === Math.floor(base / 2 ** (32 - bits)));
}
