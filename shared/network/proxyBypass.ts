import { isInnerAddress } from './hostNames.ts';
import { isInRange } from './addressRanges.ts';

/** The names and addresses of this computer itself, which no proxy can reach for us. */
const isThisComputer = (host: string) => host === 'localhost' || host === '::1' || (host.startsWith('127.') && isInnerAddress(host));

/**
 * Whether a target is reached without the proxy. Entries are as in NO_PROXY: `*`, a host, a domain with all that is below it (`corp.example`,
 * `.corp.example` or `*.corp.example`), an IP address or a range (`10.0.0.0/8`), each with or without `:port`. This computer always is.
 */
export function isBypassed({ host, port }: { readonly host: string; readonly port: number }, entries: readonly string[]): boolean {
  const name = host.toLowerCase();
  return isThisComputer(name) || entries.some((entry) => matches(name, port, entry.trim().toLowerCase()));
}

function matches(host: string, port: number, entry: string): boolean {
  if (entry === '*') return true;
  const [, bracketed, plain, entryPort] = /^(?:\[([^\]]+)\]|([^:]*))(?::(\d{1,5}))?$/.exec(entry) ?? [undefined, undefined, entry];
  if (entryPort !== undefined && Number(entryPort) !== port) return false;
  const pattern = (bracketed ?? plain ?? '').replace(/^\*?\./, '');
  if (pattern === '') return false;
  if (pattern.includes('/')) return isInRange(host, pattern);
  return host === pattern || host.endsWith(`.${pattern}`);
}
