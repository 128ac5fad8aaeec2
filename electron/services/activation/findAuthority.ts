import { readAuthorityUrl, type AuthorityAddress } from '../../../shared/activation/authorityUrl.ts';
import type { Certificate } from '../../../shared/contract/directory.contract.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { AuthorityCalls } from './activationPorts.ts';

/** An address that somebody entered. Throws `invalid-input`. */
export function requireAuthorityUrl(url: string): AuthorityAddress {
  const address = readAuthorityUrl(url);
  if (address) return address;
  throw new AppError('invalid-input', 'This is not the address of an activation authority. It looks like https://mfa1.corp.example:8463.', {
    details: { field: 'authorityUrl' },
  });
}

export interface FoundAuthority {
  readonly pem: string;
  readonly shown: Certificate;
}

/** The authority's own certificate, as the other side shows it: the last one of its chain. Nobody has vouched for it yet. */
export async function lookAtAuthority(authorities: AuthorityCalls, address: AuthorityAddress): Promise<FoundAuthority> {
  const last = (await authorities.certificates(address)).at(-1);
  if (last) return last;
  throw new AppError('not-an-authority', 'The other side showed no certificate.', { details: { host: address.host, port: address.port } });
}

/**
 * The certificate whose fingerprint stands in the address. That it is shown proves nothing yet, since it is public: who calls with it as
 * only trust anchor gets the proof. Throws `authority-unknown` for an address without fingerprint, `authority-changed` where another
 * certificate is shown.
 */
export async function findAuthority(authorities: AuthorityCalls, address: AuthorityAddress): Promise<FoundAuthority> {
  const chain = await authorities.certificates(address);
  const shown = chain.at(-1)?.shown;
  const details = {
    host: address.host,
    port: address.port,
    ...(shown && {
      subject: shown.subject,
      issuer: shown.issuer,
      sha256: shown.sha256,
      notBefore: shown.notBefore,
      notAfter: shown.notAfter,
    }),
  };
  if (address.sha256 === null) {
    throw new AppError('authority-unknown', 'The address does not say whose certificate to trust.', { details });
  }
  const found = chain.find((one) => one.shown.sha256 === address.sha256);
  if (found) return found;
  throw new AppError('authority-changed', 'Something else answers than the authority with this fingerprint.', {
    details: { ...details, expected: address.sha256 },
  });
}
