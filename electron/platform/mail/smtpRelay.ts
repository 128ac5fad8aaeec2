import { isIP, type Socket } from 'node:net';
import { hostname } from 'node:os';
import tls from 'node:tls';
import type { Certificate } from '../../../shared/contract/directory.contract.ts';
import { AppError, isAppError } from '../../../shared/contract/errors.ts';
import type { Relay, RelayEvent, RelayTarget } from '../../services/email/mailPorts.ts';
import { connectionError } from '../directory/ldapErrors.ts';
import { certificateOf, createTrustAnchors, isPinned, requireTrust, tlsOptions } from '../directory/trust.ts';
import { abortable, connectTcp, resolveHost, whenReady } from '../network/tcp.ts';
import { createSmtpChannel, type SmtpChannel } from './smtpChannel.ts';
import { signIn, signInByToken } from './smtpSignIn.ts';
import { createSmtpSession, refusal, smtpLimits, type SmtpLimits } from './smtpSession.ts';

/** Speaks SMTP with one relay (RFC 5321), over TLS or after STARTTLS (RFC 3207) where that is configured; then never without. */
export function createSmtpRelay(limits: SmtpLimits = smtpLimits): Relay {
  const trustAnchors = createTrustAnchors();

  return {
    async open(target, signal, observe = () => undefined) {
      const { relay, password, token } = target;
      if ((password !== null || token) && relay.security === 'none') {
        throw new AppError('plain-text-refused', 'A password or token would be sent in clear text, and that is not allowed.', {
          details: { host: relay.host },
        });
      }
      const place = { host: relay.host, port: relay.port };
      const step = createStepper(target, observe);
      // For each step on the way anew: a relay may take its time to greet before TLS begins.
      const inTime = (): AbortSignal => AbortSignal.any([signal, AbortSignal.timeout(limits.connectMs)]);
      const connecting = inTime();

      const addresses = await step(
        'dns',
        () => abortable(resolveHost(relay.host), connecting),
        (found) => ({ addresses: found.map(({ address }) => address) }),
      );
      const plain = await step('tcp', () => connectTcp(relay, addresses, connecting));
      const secured = (ready: () => Promise<Socket>) =>
        step(
          'tls',
          async () => secure(target, await ready(), trustAnchors(relay.caPem), inTime()),
          ({ certificate }) => ({ certificate, isPinned: isPinned(certificate, relay, relay.pins) }),
        );

      let channel = createSmtpChannel(relay.security === 'tls' ? (await secured(() => Promise.resolve(plain))).socket : plain, place);
      const stop = (): void => channel.close();
      signal.addEventListener('abort', stop, { once: true });
      try {
        let extensions = await step(
          'greeting',
          () => greet(channel, limits),
          ({ reply }) => ({ reply }),
        );
        if (relay.security === 'starttls') {
          channel = createSmtpChannel((await secured(() => startTls(channel, extensions.keywords, limits))).socket, place);
          extensions = { ...extensions, keywords: await hello(channel, limits) };
        }
        if (password !== null) await step('login', () => signIn(channel, extensions.keywords, relay.user, password, limits.replyMs));
        if (token) {
          await step('login', async () => {
            try {
              await signInByToken(channel, extensions.keywords, relay.user, await token.get(), limits.replyMs);
            } catch (error) {
              if (isAppError(error, 'token-not-accepted')) token.reject();
              throw error;
            }
          });
        }
        return createSmtpSession(channel, new Set(extensions.keywords.keys()), limits);
      } catch (error) {
        channel.close();
        signal.throwIfAborted();
        throw connectionError(error, place);
      } finally {
        signal.removeEventListener('abort', stop);
      }
    },
  };
}

type Found = Pick<RelayEvent, 'addresses' | 'certificate' | 'isPinned' | 'reply'>;

/** Runs steps and tells who watches how each went. */
function createStepper({ relay }: RelayTarget, observe: (event: RelayEvent) => void) {
  return async <T>(name: RelayEvent['step'], work: () => Promise<T>, found: (result: T) => Found = () => ({})): Promise<T> => {
    const startedAt = performance.now();
    observe({ step: name, state: 'running', milliseconds: 0 });
    try {
      const result = await work();
      observe({ step: name, state: 'passed', milliseconds: performance.now() - startedAt, ...found(result) });
      return result;
    } catch (thrown) {
      const error = connectionError(thrown, { host: relay.host, port: relay.port });
      observe({ step: name, state: 'failed', milliseconds: performance.now() - startedAt, error, certificate: certificateOf(error) });
      throw error;
    }
  };
}

async function greet(channel: SmtpChannel, limits: SmtpLimits) {
  const greeting = await channel.reply(limits.greetingMs);
  if (greeting.code >= 400) throw refusal(greeting);
  return { reply: greeting.text, keywords: await hello(channel, limits) };
}

/** What the server can do, by keyword in capitals, with the parameters. */
async function hello(channel: SmtpChannel, limits: SmtpLimits): Promise<ReadonlyMap<string, string>> {
  // A name without a dot is no name for many servers; an address literal always is one (RFC 5321 section 4.1.4).
  const name = /^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/.test(hostname()) ? hostname() : '[127.0.0.1]';
  void channel.write(`EHLO ${name}\r\n`);
  const reply = await channel.reply(limits.replyMs);
  if (reply.code >= 400) throw refusal(reply);
  return new Map(
    reply.lines.slice(1).map((line) => {
      const [keyword = '', ...parameters] = line.trim().split(/[ =]/);
      return [keyword.toUpperCase(), parameters.join(' ').toUpperCase()];
    }),
  );
}

async function startTls(channel: SmtpChannel, keywords: ReadonlyMap<string, string>, limits: SmtpLimits): Promise<Socket> {
  if (!keywords.has('STARTTLS')) throw new AppError('tls-failed', 'The relay does not offer STARTTLS.');
  void channel.write('STARTTLS\r\n');
  const reply = await channel.reply(limits.replyMs);
  if (reply.code >= 400) throw new AppError('tls-failed', `The relay refuses STARTTLS: ${reply.text}`);
  return channel.release();
}

function secure(
  { relay }: RelayTarget,
  plain: Socket,
  secureContext: tls.SecureContext,
  signal: AbortSignal,
): Promise<{ socket: Socket; certificate: Certificate }> {
  const socket = tls.connect({ socket: plain, ...tlsOptions(relay.host, isIP(relay.host) !== 0, secureContext) });
  return whenReady(socket, 'secureConnect', signal, () => ({ socket, certificate: requireTrust(socket, relay, relay.pins) })).catch(
    (error: unknown) => {
      const place = { host: relay.host, port: relay.port };
      if (signal.aborted) throw new AppError('timeout', 'The relay does not answer.', { cause: error, details: place });
      const known = connectionError(error, place);
      // A reset in the middle of a handshake says “no TLS here” rather than “the network is bad”.
      if (known.code !== 'connection-lost' && known.code !== 'unreachable') throw known;
      throw new AppError('tls-failed', 'The relay closed the connection instead of agreeing on TLS.', { cause: error });
    },
  );
}
