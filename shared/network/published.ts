import { isInRange } from './addressRanges.ts';

/**
 * A host that a server must reach: of the old cloud service; of revocation lists, without which things go on, more slowly; of the utility
 * that moves users away from the old product.
 */
export interface PublishedHost {
  readonly host: string;
  readonly port: number;
  readonly purpose: 'cloud' | 'revocation' | 'migration';
}

/** The three hosts of the product's own requirements, hosts of revocation lists that sibling products name, and what was added later. */
export const publishedHosts: readonly PublishedHost[] = [
  ...['pfd.phonefactor.net', 'pfd2.phonefactor.net', 'css.phonefactor.net'].map((host) => ({ host, port: 443, purpose: 'cloud' as const })),
  ...[
    'crl3.digicert.com',
    'crl4.digicert.com',
    'ocsp.digicert.com',
    'crl.microsoft.com',
    'mscrl.microsoft.com',
    'oneocsp.microsoft.com',
    'ocsp.msocsp.com',
    'www.microsoft.com',
  ].map((host) => ({
    host,
    port: 80,
    purpose: 'revocation' as const,
  })),
  // Of the public cloud; a government's has its own.
  ...['graph.microsoft.com', 'login.microsoftonline.com'].map((host) => ({ host, port: 443, purpose: 'migration' as const })),
];

/** Published in 2023 besides, in both tables. */
const laterRanges = ['52.251.8.48/28', '52.247.73.160/28', '52.159.5.240/28', '52.159.7.16/28', '52.250.84.176/28', '52.250.85.96/28'];

/** The reduced table holds where Event Confirmation is not used and no app user approves from inside the corporate network. */
export const publishedRanges = {
  full: ['134.170.116.0/25', '134.170.165.0/25', '70.37.154.128/25', ...laterRanges],
  reduced: ['134.170.116.72/29', '134.170.165.72/29', '70.37.154.200/29', ...laterRanges],
} as const satisfies Record<string, readonly string[]>;

export const rangeTables = ['full', 'reduced'] as const;
export type RangeTable = (typeof rangeTables)[number];

/** The published range in which an address lies. All published ranges are IPv4: an IPv6 address is in none. */
export function rangeOf(address: string, table: RangeTable): string | undefined {
  return publishedRanges[table].find((range) => isInRange(address, range));
}
