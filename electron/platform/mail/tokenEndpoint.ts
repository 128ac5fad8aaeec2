import { urlToHttpOptions } from 'node:url';
import { AppError, isAppError } from '../../../shared/contract/errors.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import type { RequestToken } from '../../services/email/mailPorts.ts';
import { connectionError } from '../directory/ldapErrors.ts';
import { createTrustAnchors } from '../directory/trust.ts';
import { postTrusted, type HttpsAnswer } from '../network/postTrusted.ts';
import type { OpenTunnel } from '../network/proxyTunnel.ts';

const patienceMs = 20_000;
const maxAnswerBytes = 64 * 1024;
/** Where the endpoint does not say how long a token is valid (RFC 6749 section 5.1 only recommends it). */
const assumedLifeMs = 10 * 60_000;
// eslint-disable-next-line no-control-regex -- these are what is removed
const control = /[\u0000-\u001f\u007f-\u009f]+/g;

/** Asks token endpoints over HTTPS for tokens by client credentials. Follows no redirect: the client secret is for this address alone. */
export function createTokenRequests(limitMs: number = patienceMs, openTunnel?: OpenTunnel): RequestToken {
  const trustAnchors = createTrustAnchors();

  function post(url: URL, caPem: string, form: string): Promise<HttpsAnswer> {
    return postTrusted({
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: Number(url.port || 443),
      to: urlToHttpOptions(url),
      contentType: 'application/x-www-form-urlencoded',
      body: form,
      secureContext: trustAnchors(caPem),
      limitMs,
      maxAnswerBytes,
      openTunnel,
      tooLong: () => new AppError('token-unavailable', 'The token endpoint answers with something else than a token.'),
    });
  }

  return async ({ tokenUrl, clientId, scope, caPem }, secret) => {
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: secret.reveal(),
      ...(scope !== '' && { scope }),
    });
    let answer: HttpsAnswer;
    try {
      answer = await post(new URL(tokenUrl), caPem, form.toString());
    } catch (error) {
      throw unavailable(error, tokenUrl);
    }
    return readAnswer(answer, tokenUrl);
  };
}

function unavailable(error: unknown, tokenUrl: string): AppError {
  if (isAppError(error, 'token-unavailable')) return error;
  const isLate = error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError');
  const why = isLate ? new AppError('timeout', 'The server does not answer in time.') : connectionError(error, {});
  return new AppError('token-unavailable', `The token endpoint cannot be asked for a token. ${why.message}`, {
    cause: why,
    details: { tokenUrl, reason: why.code },
  });
}

function readAnswer({ status, body }: HttpsAnswer, tokenUrl: string): { token: Secret; expiresInMs: number } {
  const said = parsed(body);
  const text = (name: string): string => (typeof said[name] === 'string' ? said[name].replaceAll(control, ' ').slice(0, 300) : '');
  // RFC 6749 section 5.2: errors are 400 or 401, with a code.
  if (status >= 400 && status < 500 && text('error') !== '') {
    const reply = [text('error'), text('error_description')].filter((part) => part !== '').join(': ');
    throw new AppError('token-refused', `${refusals[text('error')] ?? 'The token endpoint refuses.'} It says: ${reply}`, {
      details: { tokenUrl, reply },
    });
  }
  const token = said['access_token'];
  // A token is printable ASCII (RFC 6750 section 2.1); anything else could end the command that carries it.
  if (status !== 200 || typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token))
    throw new AppError('token-unavailable', `The token endpoint answers with something else than a token (status ${status}).`, {
      details: { tokenUrl },
    });
  const seconds = Number(said['expires_in']);
  return { token: new Secret(token), expiresInMs: Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : assumedLifeMs };
}

const refusals: Readonly<Record<string, string>> = {
  invalid_client: 'The client id or the client secret is wrong, or the secret has expired.',
  unauthorized_client: 'This client may not ask for tokens in its own name.',
  invalid_scope: 'The scope is not one that this endpoint knows.',
};

function parsed(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
