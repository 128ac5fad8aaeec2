import type { Certificate, DirectorySettings } from '../../shared/contract/directory.contract.ts';

export type CertificatePin = DirectorySettings['pins'][number];

/** Trusts a certificate for one server; it replaces the one that was trusted there before. */
export function withCertificatePin(
  pins: readonly CertificatePin[],
  { host, port }: Pick<CertificatePin, 'host' | 'port'>,
  { sha256 }: Pick<Certificate, 'sha256'>,
): CertificatePin[] {
  const others = pins.filter((pin) => pin.host.toLowerCase() !== host.toLowerCase() || pin.port !== port);
  return [...others, { host, port, sha256: sha256.replaceAll(':', '').toLowerCase() }];
}
