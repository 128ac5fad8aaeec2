import { AppError } from '../../../shared/contract/errors.ts';
import type { Secret } from '../../../shared/lib/secret.ts';
import type { SmtpChannel } from './smtpChannel.ts';
import { refusal } from './smtpSession.ts';
import type { SmtpReply } from './smtpReplies.ts';

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

/**
 * Signs in (RFC 4954) by PLAIN, or by LOGIN where the relay knows only that. Both send the password itself: the connection must be secure.
 * Rejects with `bad-credentials`, with `stronger-auth-required` where the relay offers neither, and with `relay-refused`.
 */
export async function signIn(
  channel: SmtpChannel,
  keywords: ReadonlyMap<string, string>,
  user: string,
  password: Secret,
  timeoutMs: number,
): Promise<void> {
  const mechanisms = (keywords.get('AUTH') ?? '').split(' ');
  async function say(line: string): Promise<SmtpReply> {
    void channel.write(`${line}\r\n`);
    return checked(await channel.reply(timeoutMs));
  }

  if (mechanisms.includes('PLAIN')) {
    await say(`AUTH PLAIN ${base64(`\u0000${user}\u0000${password.reveal()}`)}`);
  } else if (mechanisms.includes('LOGIN')) {
    await say('AUTH LOGIN');
    await say(base64(user));
    await say(base64(password.reveal()));
  } else {
    throw new AppError('stronger-auth-required', 'The relay offers no sign-in by user and password.', {
      details: { offered: mechanisms.join(' ').trim() },
    });
  }
}

/**
 * Signs in with an access token (SASL XOAUTH2, as Exchange Online and Gmail take it). Rejects with `token-not-accepted`, with
 * `stronger-auth-required` where the relay does not offer it, and with `relay-refused`.
 */
export async function signInByToken(
  channel: SmtpChannel,
  keywords: ReadonlyMap<string, string>,
  user: string,
  token: Secret,
  timeoutMs: number,
): Promise<void> {
  const offered = (keywords.get('AUTH') ?? '').split(' ');
  if (!offered.includes('XOAUTH2'))
    throw new AppError('stronger-auth-required', 'The relay offers no sign-in with OAuth 2.0.', {
      details: { offered: offered.join(' ').trim() },
    });
  void channel.write(`AUTH XOAUTH2 ${base64(`user=${user}\u0001auth=Bearer ${token.reveal()}\u0001\u0001`)}\r\n`);
  let reply = await channel.reply(timeoutMs);
  // What is wrong comes as a challenge; an empty answer to it ends the attempt.
  if (reply.code === 334) {
    void channel.write('\r\n');
    reply = await channel.reply(timeoutMs);
  }
  if (reply.code === 535 || (reply.code >= 300 && reply.code < 400))
    throw new AppError('token-not-accepted', 'The relay does not accept the token.', { details: { reply: reply.text } });
  if (reply.code >= 400) throw refusal(reply);
}

/** 535: wrong (RFC 4954 section 6); 534 and 538 ask for another mechanism. */
function checked(reply: SmtpReply): SmtpReply {
  if (reply.code === 535) throw new AppError('bad-credentials', 'User or password is wrong.', { details: { reply: reply.text } });
  if (reply.code >= 400) throw refusal(reply);
  return reply;
}
