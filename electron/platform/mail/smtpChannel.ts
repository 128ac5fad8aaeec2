import type { Socket } from 'node:net';
import { AppError } from '../../../shared/contract/errors.ts';
import { connectionError } from '../directory/ldapErrors.ts';
import { createReplyReader, type SmtpReply } from './smtpReplies.ts';

/** Commands out, replies in, over one socket. */
export interface SmtpChannel {
  /** The next reply. Rejects with an AppError when there will be none, or none within the time. */
  reply(timeoutMs: number): Promise<SmtpReply>;
  /** Resolves when the socket has taken the bytes, or when it is gone: then the next reply tells. */
  write(bytes: Uint8Array | string): Promise<void>;
  /** Gives the socket back, to be secured. Throws `tls-failed` when the server has said more than it was asked. */
  release(): Socket;
  isOpen(): boolean;
  close(): void;
}

export function createSmtpChannel(socket: Socket, details: { readonly host: string; readonly port: number }): SmtpChannel {
  const reader = createReplyReader();
  const waiting: SmtpReply[] = [];
  let failure: AppError | undefined;
  let wake: (() => void) | undefined;

  function fail(error: unknown): void {
    failure ??= connectionError(error, details);
    wake?.();
  }
  function onData(chunk: Uint8Array): void {
    try {
      waiting.push(...reader.take(chunk));
      if (waiting.length > 0) wake?.();
    } catch (error) {
      fail(error);
      socket.destroy();
    }
  }
  const onClose = (): void => fail(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
  socket.on('data', onData).on('error', fail).on('close', onClose).on('end', onClose);
  // It may have gone while nobody listened.
  if (socket.destroyed || socket.readableEnded) onClose();

  return {
    async reply(timeoutMs) {
      const timer = setTimeout(() => {
        fail(new AppError('timeout', 'The relay does not answer.', { details }));
        socket.destroy();
      }, timeoutMs);
      try {
        if (waiting.length === 0 && failure === undefined) await new Promise<void>((resolve) => (wake = resolve));
      } finally {
        clearTimeout(timer);
        wake = undefined;
      }
      const next = waiting.shift();
      if (next === undefined) throw failure!;
      return next;
    },
    write: (bytes) => new Promise((resolve) => socket.write(bytes, () => resolve())),
    release() {
      // Bytes that somebody put in between would otherwise be taken for part of what is secured (RFC 3207 section 6).
      if (waiting.length > 0 || !reader.isEmpty())
        throw new AppError('tls-failed', 'The server sent plain text where TLS begins.', { details });
      socket.off('data', onData).off('error', fail).off('close', onClose).off('end', onClose);
      socket.pause();
      return socket;
    },
    isOpen: () => failure === undefined,
    close: () => void socket.destroy(),
  };
}
