import { StringDecoder } from 'node:string_decoder';
import { AppError } from '../../../shared/contract/errors.ts';

/** What a server says to one command (RFC 5321 section 4.2). */
export interface SmtpReply {
  readonly code: number;
  readonly lines: readonly string[];
  /** In one line, with the code, as logs and people show it. */
  readonly text: string;
}

/** More than any server has to say; a stream that never ends must not fill the memory. */
const maxReplyCharacters = 64 * 1024;
// eslint-disable-next-line no-control-regex -- these are what is removed
const control = /[\u0000-\u001f\u007f-\u009f]+/g;

/** Puts replies together from what arrives. */
export function createReplyReader() {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let lines: string[] = [];

  return {
    /** Replies that are complete now. Throws `not-smtp` for anything else. */
    take(chunk: Uint8Array): SmtpReply[] {
      const replies: SmtpReply[] = [];
      rest += decoder.write(chunk as Buffer);
      for (let end = rest.indexOf('\n'); end !== -1; end = rest.indexOf('\n')) {
        const line = rest.slice(0, end).replace(/\r$/, '');
        rest = rest.slice(end + 1);
        const found = /^([2-5]\d\d)([ -]|$)/.exec(line);
        if (!found) throw notSmtp(line);
        lines.push(line.slice(4));
        if (found[2] === '-') continue;
        replies.push(replyOf(Number(found[1]), lines));
        lines = [];
      }
      if (rest.length + lines.reduce((sum, line) => sum + line.length, 0) > maxReplyCharacters) throw notSmtp(rest);
      return replies;
    },
    /** Something has arrived that belongs to no finished reply. */
    isEmpty: () => rest === '' && lines.length === 0,
  };
}

function replyOf(code: number, lines: readonly string[]): SmtpReply {
  return { code, lines, text: `${code} ${lines.join(' ')}`.replaceAll(control, ' ').trim().slice(0, 500) };
}

function notSmtp(said: string): AppError {
  return new AppError('not-smtp', 'The server answers, but with something else than SMTP.', {
    details: { said: said.replaceAll(control, ' ').slice(0, 200) },
  });
}
