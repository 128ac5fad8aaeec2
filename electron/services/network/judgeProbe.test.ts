import { expect, it } from 'vitest';
import { judgeProbe } from './judgeProbe.ts';
import type { Probe } from './networkPorts.ts';

const reached: Probe = { addresses: ['192.0.2.1'], connectMs: 5, tls: null, http: null, clockMs: null, failure: null, proxy: null };
const own = { id: 'mfa.example:443', host: 'mfa.example', port: 443, protocol: 'tcp', purpose: 'own', optional: false } as const;
const time = { ...own, id: 'dc1.example:123/udp', host: 'dc1.example', port: 123, protocol: 'udp', purpose: 'time' } as const;
const tls = { version: 'TLSv1.3', issuer: 'Contoso CA', chain: [], trusted: false, notAfter: '' };

it.each([
  [30_000, 'pass', 'The clock of this computer is 30 s behind it.'],
  [30_001, 'warn', 'The clock of this computer is 30 s behind that of dc1.example. Set it, or codes of tokens fail.'],
  [-86_400_000, 'warn', 'The clock of this computer is 86400 s ahead of that of dc1.example.'],
] as const)('judges a clock that is %i ms off: %s', (clockMs, state, reason) => {
  expect(judgeProbe(time, { ...reached, clockMs })).toMatchObject({ state, reason: expect.stringContaining(reason) });
});

it.each([
  [407, '', 'wants a sign-in (HTTP 407)'],
  [511, '', 'A portal answers in place of mfa.example (HTTP 511)'],
  [302, 'http://portal.example/', 'A portal answers in place of mfa.example (HTTP 302, which leads to http://portal.example/)'],
  [200, '', 'in plain HTTP (status 200) where TLS is spoken'],
] as const)('tells who answers with HTTP %i in place of TLS', (status, location, reason) => {
  expect(judgeProbe(own, { ...reached, http: { status, location }, failure: 'tls' })).toMatchObject({
    state: 'fail',
    reason: expect.stringContaining(reason),
  });
});

it.each([
  ['CERT_HAS_EXPIRED', 'has expired. Check the clock of this computer'],
  ['CERT_NOT_YET_VALID', 'is not valid yet. The clock of this computer is probably slow'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'shows a certificate of another name (from “Contoso CA”). Check what DNS answers'],
])('tells a certificate that does not hold from somebody else’s authority: %s', (problem, reason) => {
  expect(judgeProbe(own, { ...reached, tls: { ...tls, problem } })).toMatchObject({
    state: 'fail',
    reason: expect.stringContaining(reason),
  });
});

it.each([
  ['dns', 'DNS does not know mfa.example. Check the name'],
  ['dns-silent', 'UDP 53'],
  ['refused', 'refuses connections on port 443. Check the port'],
  ['timeout', 'Allow outbound TCP 443.'],
  ['unreachable', 'Check the network and the gateway'],
  ['reset', 'Allow mfa.example.'],
] as const)('says what to do about %s, and fails only what is needed', (failure, advice) => {
  expect(judgeProbe(own, { ...reached, failure })).toMatchObject({ state: 'fail', reason: expect.stringContaining(advice) });
  expect(judgeProbe({ ...own, optional: true }, { ...reached, failure }).state).toBe('warn');
});
