import { connect } from 'node:net';
import { AppError, isAppError } from '../../../shared/contract/errors.ts';
import type { HostAndPort } from '../../services/activation/activationPorts.ts';
import { connectionError } from '../directory/ldapErrors.ts';

/** So long an HTTP server gets to say what it is. */
const askMs = 3_000;

/** Says why a call to an authority failed, in the product's codes. `isSecure`: after the handshake. */
export async function callError(error: unknown, target: HostAndPort, isSecure: boolean, limitMs: number): Promise<AppError> {
  const details = { ...target };
  // Of the proxy on the way.
  if (isAppError(error) && error.code.startsWith('proxy-')) return error;
  if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')) {
    return new AppError('timeout', `The authority does not answer within ${Math.round(limitMs / 1000)} seconds.`, {
      cause: error,
      details,
    });
  }
  const known = connectionError(error, details);
  if (known.code === 'certificate-unknown') {
    return new AppError('authority-changed', 'Something else answers than the authority that is trusted.', {
      cause: error,
      details: known.details,
    });
  }
  if (isSecure) return known;
  if (known.code === 'connection-lost') {
    return new AppError('tls-reset', 'The connection was cut when TLS began.', { cause: error, details });
  }
  if (known.code !== 'tls-failed') return known;
  const status = await plainStatus(target);
  if (status === 407) return new AppError('proxy-authentication', 'A proxy on the way wants a password.', { cause: error, details });
  if (status !== null) {
    return new AppError('not-an-authority', 'What answers speaks HTTP without TLS.', { cause: error, details: { ...details, status } });
  }
  return known;
}

/** Asks without TLS and tells nothing: the status of an HTTP answer, or null where none comes. */
function plainStatus({ host, port }: HostAndPort): Promise<number | null> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: askMs });
    let said = '';
    const end = (): void => {
      socket.destroy();
      const [, status] = /^HTTP\/1\.[01] (\d{3})/.exec(said) ?? [];
      resolve(status === undefined ? null : Number(status));
    };
    socket.setEncoding('latin1');
    socket.once('connect', () => socket.write('GET / HTTP/1.1\r\nHost: authority.invalid\r\nConnection: close\r\n\r\n'));
    socket.on('data', (text: string) => {
      said += text;
      if (said.length > 64) end();
    });
    socket.once('timeout', end).once('end', end).once('error', end);
  });
}
