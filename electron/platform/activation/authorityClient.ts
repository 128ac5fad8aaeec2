import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { connect, createSecureContext, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import { activationCalls, refusal, type ActivationCallName, type CallInput, type CallOutput } from '../../../shared/activation/protocol.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { AuthorityCalls, HostAndPort, Identity } from '../../services/activation/activationPorts.ts';
import { describeCertificate, tlsOptions } from '../directory/trust.ts';
import { postTrusted, type HttpsAnswer } from '../network/postTrusted.ts';
import type { OpenTunnel } from '../network/proxyTunnel.ts';
import { whenReady } from '../network/tcp.ts';
import { callError } from './callErrors.ts';

const patienceMs = 15_000;
/** A heartbeat is small and comes again: whoever does not answer it in this time is away, and nobody waits longer to see that. */
const heartbeatPatienceMs = 5_000;
const maxAnswerBytes = 1024 * 1024;
const mostCertificates = 10;

/** Speaks to authorities over HTTPS, through a proxy where one is set, and without redirects: what it sends is for this address alone. */
export function createAuthorityCalls(limitMs: number = patienceMs, openTunnel?: OpenTunnel): AuthorityCalls {
  function post(
    name: ActivationCallName,
    body: string,
    target: HostAndPort & { authority: string; identity?: Identity },
  ): Promise<HttpsAnswer> {
    const { path } = activationCalls[name];
    const mostMs = name === 'heartbeat' ? Math.min(limitMs, heartbeatPatienceMs) : limitMs;
    const { host, port, authority, identity } = target;
    const secureContext = createSecureContext({
      ca: [authority],
      minVersion: 'TLSv1.2',
      ...(identity && { cert: identity.certificate, key: identity.privateKey.reveal() }),
    });
    let isSecure = false;
    return postTrusted({
      host,
      port,
      to: { host, port, path },
      contentType: 'application/json',
      body,
      secureContext,
      limitMs: mostMs,
      maxAnswerBytes,
      openTunnel,
      tooLong: () => new AppError('not-an-authority', 'The answer is too long.', { details: { host, port } }),
      onSecure: () => (isSecure = true),
    }).catch(async (error: unknown) => {
      throw await callError(error, { host, port }, isSecure, mostMs);
    });
  }

  return {
    async certificates({ host, port }) {
      const options = tlsOptions(host, isIP(host) !== 0, createSecureContext({ minVersion: 'TLSv1.2' }));
      const signal = AbortSignal.timeout(limitMs);
      let socket: TLSSocket | undefined;
      try {
        const tunnel = await openTunnel?.({ host, port }, signal);
        const secure = connect({ ...(tunnel ? { socket: tunnel } : { host, port }), ...options });
        socket = secure;
        return await whenReady(secure, 'secureConnect', signal, () => chainOf(secure));
      } catch (error) {
        throw await callError(error, { host, port }, false, limitMs);
      } finally {
        socket?.destroy();
      }
    },

    async call<Name extends ActivationCallName>(
      name: Name,
      input: CallInput<Name>,
      target: HostAndPort & { authority: string; identity?: Identity },
    ): Promise<CallOutput<Name>> {
      const { host, port } = target;
      const { status, body } = await post(name, JSON.stringify(input), target);
      const details = { host, port, status };
      if (status === 407) throw new AppError('proxy-authentication', 'A proxy on the way wants a password.', { details });
      const said = parsed(body);
      if (status === 200) {
        const output = activationCalls[name].output.safeParse(said);
        if (output.success) return output.data as CallOutput<Name>;
      }
      const refused = refusal.safeParse(said);
      if (refused.success && status >= 400) throw refusedError(refused.data, details);
      throw new AppError('not-an-authority', 'What answers is no activation authority.', { details });
    },
  };
}

function refusedError({ code, message, retryAt }: ReturnType<typeof refusal.parse>, details: { host: string; port: number }): AppError {
  const known = code === 'request-not-valid' ? 'authority-failed' : code === 'certificate-missing' ? 'certificate-refused' : code;
  return new AppError(known, message, { details: { ...details, ...(retryAt !== undefined && { retryAt }) } });
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** What the other side showed, its own certificate first; each is the issuer of the one before. */
function chainOf(socket: TLSSocket) {
  const chain: { pem: string; shown: ReturnType<typeof describeCertificate> }[] = [];
  let next: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
  const seen = new Set<string>();
  while (next?.raw !== undefined && !seen.has(next.fingerprint256) && chain.length < mostCertificates) {
    seen.add(next.fingerprint256);
    const certificate = new X509Certificate(next.raw);
    chain.push({ pem: certificate.toString(), shown: describeCertificate(certificate) });
    next = next.issuerCertificate as DetailedPeerCertificate | undefined;
  }
  return chain;
}
