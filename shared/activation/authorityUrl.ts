import { isPort } from '../network/hostNames.ts';

/** Where an authority is and how it proves who it is. */
export interface AuthorityAddress {
  /** Host name or IP address, IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  /** SHA-256 of the authority's own certificate, 64 hexadecimal digits; null: the address does not say. */
  readonly sha256: string | null;
}

export const defaultAuthorityPort = 8463;

/** No user, no path, no query: the address is all of it. */
const written = /^https:\/\/(?:\[([0-9a-f:.]+)\]|([^\s/?#@:[\]]+))(?::(\d{1,5}))?\/?(?:#sha256=([0-9a-f:]+))?$/i;

/**
 * Reads `https://HOST[:PORT][#sha256=FINGERPRINT]` as an authority prints it. The fingerprint stands behind `#`, which no program sends
 * anywhere. Null for anything else.
 */
export function readAuthorityUrl(text: string): AuthorityAddress | null {
  const [, bracketed, plain, port, fingerprint] = written.exec(text.trim()) ?? [];
  const host = bracketed ?? plain;
  const sha256 = fingerprint?.replaceAll(':', '').toLowerCase() ?? null;
  if (host === undefined || (port !== undefined && !isPort(port)) || (sha256 !== null && sha256.length !== 64)) return null;
  return { host, port: port === undefined ? defaultAuthorityPort : Number(port), sha256 };
}

/** The reverse of `readAuthorityUrl`. */
export function formatAuthorityUrl({ host, port, sha256 }: AuthorityAddress): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return `https://${name}:${port}${sha256 === null ? '' : `#sha256=${sha256}`}`;
}
