import { expect, it } from 'vitest';
import type { ErrorCode } from '../../shared/contract/errors.ts';
import { refusalCodes } from '../../shared/activation/protocol.ts';
import { activationText } from './activationText.ts';

/** What a server answers in place of codes that say something about programs and not to administrators. */
const retold: readonly string[] = ['request-not-valid', 'certificate-missing'];
const byTheNetwork = [
  ...['host-not-found', 'refused', 'timeout', 'unreachable', 'connection-lost', 'tls-reset', 'tls-failed', 'certificate-expired'],
  ...['certificate-name', 'proxy-authentication', 'proxy-unreachable', 'proxy-refused', 'not-an-authority', 'authority-changed'],
  ...['clock-differs', 'credentials-mistyped', 'already-activated', 'not-activated', 'activation-file-not-valid', 'port-taken'],
] as const;
const codes = [...byTheNetwork, ...refusalCodes.filter((code) => !retold.includes(code))] as ErrorCode[];

it.each(codes)('says after what happened what to do next: %s', (code) => {
  const said = activationText.advised(code, 'It failed.');

  expect(said).toMatch(/^It failed\. \S.{15,}\.$/);
});

it('tells whom nobody answers about a proxy, and whose credentials are of no use any more where new ones come from', () => {
  for (const code of ['timeout', 'proxy-authentication', 'proxy-unreachable', 'proxy-refused'] as const) {
    expect(activationText.advised(code, '')).toMatch(/mfactl (help )?firewall proxy/);
  }
  for (const code of ['credentials-wrong', 'credentials-expired', 'credentials-used', 'too-many-guesses'] as const) {
    expect(activationText.advised(code, '')).toContain('mfactl authority credentials');
  }
});
