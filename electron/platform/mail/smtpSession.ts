import { setImmediate as nextTurn } from 'node:timers/promises';
import { domainToASCII } from 'node:url';
import { AppError, isAppError } from '../../../shared/contract/errors.ts';
import type { Handover, MailEnvelope, OfferedMail, RelaySession } from '../../services/email/mailPorts.ts';
import type { SmtpChannel } from './smtpChannel.ts';
import type { SmtpReply } from './smtpReplies.ts';

/** Milliseconds to wait for a reply. The defaults are those of RFC 5321 section 4.5.3.2, but for the first two: nobody wants to watch a test for so long. */
export interface SmtpLimits {
  readonly connectMs: number;
  readonly greetingMs: number;
  readonly replyMs: number;
  /** After the end of a mail: a relay that gives up waiting too early makes mails whose fate nobody knows. */
  readonly acceptMs: number;
}
export const smtpLimits: SmtpLimits = { connectMs: 30_000, greetingMs: 60_000, replyMs: 5 * 60_000, acceptMs: 10 * 60_000 };

const endOfMail = '\r\n.\r\n';
const lineEnd = Buffer.from('\r\n', 'latin1');
const dot = Buffer.from('.', 'latin1');
const lineWithDot = Buffer.from('\r\n.', 'latin1');
const pieceBytes = 512 * 1024;

/** A mail whose end alone has not been sent. `refusedCopies`: what the relay said about those who were to get a copy. */
interface Begun {
  readonly kind: 'data';
  readonly refusedCopies: readonly string[];
}

/** What the relay said no to. Details: `reply`, and `permanent` for a 5xx. */
export function refusal(reply: SmtpReply): AppError {
  return new AppError('relay-refused', `The relay refuses: ${reply.text}`, {
    details: { reply: reply.text, permanent: reply.code >= 500 },
  });
}

/** The mails of one signed-in connection. `extensions`: keywords of the answer to EHLO, in capitals. */
export function createSmtpSession(channel: SmtpChannel, extensions: ReadonlySet<string>, limits: SmtpLimits): RelaySession {
  const pipelines = extensions.has('PIPELINING');

  /**
   * Replies to some commands, sent at once where the server allows it (RFC 2920). Stops at the first that is refused where it does not, but
   * for those of `dispensable`.
   */
  async function converse(commands: readonly string[], dispensable: ReadonlySet<string> = new Set()): Promise<SmtpReply[]> {
    const replies: SmtpReply[] = [];
    if (pipelines) void channel.write(commands.map((command) => `${command}\r\n`).join(''));
    for (const command of commands) {
      if (!pipelines) void channel.write(`${command}\r\n`);
      const reply = await channel.reply(limits.replyMs);
      replies.push(reply);
      if (!pipelines && reply.code >= 400 && (reply.code === 421 || !dispensable.has(command))) break;
    }
    return replies;
  }

  /** RSET, so that the next mail begins with nothing. */
  async function reset(): Promise<void> {
    void channel.write('RSET\r\n');
    await channel.reply(limits.replyMs);
  }

  async function envelope({ from, to, copies = [] }: MailEnvelope, bytes: number): Promise<Handover | Begun> {
    const size = extensions.has('SIZE') ? ` SIZE=${bytes}` : '';
    const recipient = (address: string): string | null => {
      const ascii = asciiAddress(address);
      return ascii === null ? null : `RCPT TO:<${ascii}>`;
    };
    const sender = `${mailFrom(from)}${size}`;
    const reader = recipient(to);
    // Rules that were less strict may have put it into the outbox. Another try would not mend it.
    if (reader === null) return { kind: 'refused', permanent: true, about: 'mail', reply: noAddress(to) };
    const unfit = copies.filter((address) => recipient(address) === null).map(noAddress);
    const others = [...new Set(copies.flatMap((address) => recipient(address) ?? []))].filter((command) => command !== reader);
    const commands = [sender, reader, ...others];
    // With copies DATA waits: accepted for those alone it would have to be followed by a mail.
    const replies = await converse(others.length === 0 ? [...commands, 'DATA'] : commands, new Set(others));
    const isCopy = (index: number): boolean => index > 1 && index < commands.length;
    const isRefused = ({ code }: SmtpReply, index: number): boolean => code >= 400 && (code === 421 || !isCopy(index));
    if (others.length > 0 && !replies.some(isRefused)) replies.push(...(await converse(['DATA'])));
    const refused = replies.find(isRefused);
    if (refused === undefined) {
      const refusals = replies.flatMap(({ code, text }, index) => (isCopy(index) && code >= 400 ? [`${commands[index]!}: ${text}`] : []));
      return { kind: 'data', refusedCopies: [...unfit, ...refusals] };
    }
    // Pipelined, DATA may have been accepted all the same: then an empty mail without recipients ends it (RFC 2920 section 3.1).
    const data = replies[commands.length];
    if (data !== undefined && data.code < 400) {
      void channel.write('.\r\n');
      await channel.reply(limits.replyMs);
    } else if (refused.code !== 421) await reset();
    // Who may send is not about this mail; that it is too large is (RFC 1870).
    const isSender = refused === replies[0] && refused.code !== 552;
    return { ...refusedBy(refused), ...(isSender && { about: 'relay' }) };
  }

  /** All of a mail but its end. Never rejects. */
  async function begin(to: MailEnvelope, message: Uint8Array): Promise<Handover | Begun> {
    try {
      const ready = await envelope(to, message.length);
      if (ready.kind !== 'data') return ready;
      const body = dotStuffed(message);
      // A large mail in pieces: to encrypt it at once would keep everything else waiting.
      let from = 0;
      for (; body.length - from > pieceBytes; from += pieceBytes) {
        void channel.write(body.subarray(from, from + pieceBytes));
        await nextTurn();
      }
      void channel.write(body.subarray(from));
      return ready;
    } catch (error) {
      return broken(error, 'interrupted');
    }
  }

  async function end({ refusedCopies }: Begun): Promise<Handover> {
    try {
      void channel.write(endOfMail);
      const reply = await channel.reply(limits.acceptMs);
      return reply.code < 400 ? { kind: 'accepted', reply: [reply.text, ...refusedCopies].join('\n') } : refusedBy(reply);
    } catch (error) {
      return broken(error, 'unknown');
    }
  }

  function broken(error: unknown, kind: 'interrupted' | 'unknown'): Handover {
    if (!isAppError(error)) throw error;
    channel.close();
    return { kind, error };
  }

  function offer(to: MailEnvelope, message: Uint8Array): OfferedMail {
    const beginning = begin(to, message);
    // It is thrown where it is waited for.
    beginning.catch(() => undefined);
    return {
      async handOver() {
        const begun = await beginning;
        return begun.kind === 'data' ? end(begun) : begun;
      },
    };
  }

  return {
    offer,
    destroy: channel.close,
    async checkSender(from) {
      const [reply] = await converse([mailFrom(from)]);
      if (reply!.code >= 400) throw refusal(reply!);
      await reset();
      return reply!.text;
    },
    async close() {
      if (channel.isOpen()) {
        void channel.write('QUIT\r\n');
        await channel.reply(1000).catch(() => undefined);
      }
      channel.close();
    },
  };
}

/** 421: the relay is closing down. 451 4.7.0 and 454 are greylisting or one mail's trouble, so they count for the mail. */
function refusedBy(reply: SmtpReply): Handover {
  return { kind: 'refused', permanent: reply.code >= 500, about: reply.code === 421 ? 'relay' : 'mail', reply: reply.text };
}

/** Throws `invalid-input`: every mail would come from there. */
function mailFrom(address: string): string {
  const ascii = asciiAddress(address);
  if (ascii === null) throw new AppError('invalid-input', 'From is no mail address.');
  return `MAIL FROM:<${ascii}>`;
}

const noAddress = (address: string): string => `${address}: no relay takes this as a mail address.`;

/** With the domain as it travels (RFC 5890); null for what would end the command, or is no address. */
function asciiAddress(address: string): string | null {
  const at = address.lastIndexOf('@');
  const ascii = `${address.slice(0, at)}@${domainToASCII(address.slice(at + 1))}`;
  return /^[\x21-\x3b\x3d\x3f-\x7e]+@[A-Za-z0-9.-]+$/.test(ascii) ? ascii : null;
}

/** A line that begins with a dot gets another one (RFC 5321 section 4.5.2). Lines end with CRLF already; the last one's end belongs to the end of the mail. */
function dotStuffed(message: Uint8Array): Buffer {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  const body = bytes.subarray(0, bytes.length - (bytes.subarray(-2).equals(lineEnd) ? 2 : 0));
  const pieces: Uint8Array[] = body[0] === dot[0] ? [dot] : [];
  let from = 0;
  for (let at = body.indexOf(lineWithDot); at !== -1; at = body.indexOf(lineWithDot, from)) {
    pieces.push(body.subarray(from, at + lineWithDot.length), dot);
    from = at + lineWithDot.length;
  }
  return pieces.length === 0 ? body : Buffer.concat([...pieces, body.subarray(from)]);
}
