import { createHash, randomBytes, X509Certificate } from 'node:crypto';
import { ownNames } from '../node/ownNames.ts';
import type { ActivationPlatform } from '../../runtime/activationParts.ts';
import type { OpenTunnel } from '../network/proxyTunnel.ts';

/**
 * What makes certificates and speaks HTTPS is loaded when somebody needs it: a console that only starts does not, and it takes as long as
 * everything else together.
 */
export function createActivationPlatform(openTunnel: OpenTunnel): Omit<ActivationPlatform, 'openAuthority' | 'hasAuthority'> {
  const certificates = () => import('./certificates.ts');
  const calls = async () => (await import('./authorityClient.ts')).createAuthorityCalls(undefined, openTunnel);
  return {
    randomBytes,
    digest: (text) => createHash('sha256').update(text).digest('hex'),
    hosts: ownNames,
    fingerprint: (certificate) => createHash('sha256').update(new X509Certificate(certificate).raw).digest('hex'),
    makeRequest: async () => (await certificates()).makeRequest(),
    certificates: {
      createAuthority: async (...args) => (await certificates()).certificateMaker.createAuthority(...args),
      certifyServer: async (...args) => (await certificates()).certificateMaker.certifyServer(...args),
      keyDigest: async (...args) => (await certificates()).certificateMaker.keyDigest(...args),
      sealFor: async (...args) => (await certificates()).certificateMaker.sealFor(...args),
    },
    answers: {
      open: async (...args) => (await import('./answerSealing.ts')).openAnswer(...args),
      isIssuedFor: async (...args) => (await import('./answerSealing.ts')).isIssuedFor(...args),
    },
    listen: async (options) => (await import('./authorityServer.ts')).listen(options),
    authorities: {
      certificates: async (target) => (await calls()).certificates(target),
      call: async (...args) => (await calls()).call(...args),
    },
  };
}
