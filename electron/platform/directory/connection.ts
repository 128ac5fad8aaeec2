import type { Socket } from 'node:net';
import { AppError, type ErrorDetails } from '../../../shared/contract/errors.ts';
import type { Milliseconds } from '../../../shared/lib/durations.ts';
import { createCursor, MalformedMessage, peekTag, readInteger, type BerCursor } from './berDecoding.ts';
import { createFramer } from './framing.ts';
import { connectionError, resultError } from './ldapErrors.ts';
import { abandonRequest, unbindRequest, type EncodeRequest } from './requests.ts';
import { decodeResult, operation, type LdapResult } from './resultDecoding.ts';

export interface AnswerLimits {
  readonly firstAnswerMs: Milliseconds;
  /** Between two answers to one request. */
  readonly idleMs: Milliseconds;
}

/** Takes what the server sends in answer to one request. */
export interface AnswerHandler {
  /** The cursor stands at the operation. Answers true when this was the last message. */
  onMessage(tag: number, cursor: BerCursor): boolean;
  onFailed(error: AppError): void;
}

export interface LdapConnection {
  readonly isOpen: boolean;
  /** Sends a request that has one answer. Rejects when the connection ends or a limit passes, which also closes it. */
  request(encode: EncodeRequest, limits: AnswerLimits): Promise<LdapResult>;
  /** Sends a request that has many answers. Answers its message id. */
  start(encode: EncodeRequest, limits: AnswerLimits, handler: AnswerHandler): number;
  /** Tells the server to stop; what it still sends is dropped. */
  abandon(messageId: number): void;
  /** While paused, the server is slowed down by TCP. */
  pause(): void;
  resume(): void;
  /** Gives the socket back, for TLS to be put around it. Throws MalformedMessage if the server sent more than it was asked for. */
  release(): Socket;
  close(): void;
}

interface Pending {
  readonly handler: AnswerHandler;
  readonly limits: AnswerLimits;
  sentAt: number;
  /** 0: no answer yet. */
  answeredAt: number;
  timer: NodeJS.Timeout | undefined;
}

/** Speaks LDAP over a connected socket: message ids, dispatch, watchdogs. One for each socket. */
export function createConnection(socket: Socket, options: { maxMessageBytes: number; details: ErrorDetails }): LdapConnection {
  const pending = new Map<number, Pending>();
  const cursor = createCursor();
  const framer = createFramer(options.maxMessageBytes, dispatch);
  let lastId = 0;
  let ended: AppError | null = null;

  socket.on('data', onData);
  socket.on('error', onError);
  socket.on('close', onClose);

  function onData(chunk: Buffer): void {
    try {
      framer.push(chunk);
    } catch (error) {
      end(connectionError(error, options.details));
    }
  }

  function onError(error: Error): void {
    end(connectionError(error, options.details));
  }

  function onClose(): void {
    end(new AppError('connection-lost', 'The server closed the connection.', { details: options.details }));
  }

  function dispatch(bytes: Buffer, start: number, messageEnd: number): void {
    if (ended !== null) return;
    cursor.bytes = bytes;
    cursor.at = start;
    cursor.end = messageEnd;
    const messageId = readInteger(cursor, 0x02);
    const tag = peekTag(cursor);
    if (messageId === 0) {
      onNotice(tag);
      return;
    }
    const waiting = pending.get(messageId);
    // Answers to what was abandoned.
    if (waiting === undefined) return;
    const isFirst = waiting.answeredAt === 0;
    waiting.answeredAt = performance.now();
    if (isFirst) watch(messageId, waiting);
    if (waiting.handler.onMessage(tag, cursor)) settle(messageId);
  }

  /** RFC 4511 section 4.4.1: the server says why it is about to hang up. */
  function onNotice(tag: number): void {
    if (tag !== operation.extendedResponse) throw new MalformedMessage('An answer without a request.');
    const result = decodeResult(cursor);
    const busy = result.code === 51 || result.code === 52 || result.code === 0;
    end(
      busy
        ? new AppError('connection-lost', 'The server ended the connection.', { details: { ...options.details, resultCode: result.code } })
        : resultError(result, options.details),
    );
  }

  function settle(messageId: number): void {
    clearTimeout(pending.get(messageId)?.timer);
    pending.delete(messageId);
  }

  function end(error: AppError): void {
    if (ended !== null) return;
    socket.destroy();
    fail(error);
  }

  function fail(error: AppError): void {
    ended = error;
    for (const [messageId, { handler }] of pending) {
      settle(messageId);
      handler.onFailed(error);
    }
  }

  function watch(messageId: number, waiting: Pending): void {
    const { limits, sentAt, answeredAt } = waiting;
    clearTimeout(waiting.timer);
    const dueAt = answeredAt === 0 ? sentAt + limits.firstAnswerMs : answeredAt + limits.idleMs;
    waiting.timer = setTimeout(() => check(messageId, waiting, dueAt), Math.min(Math.max(0, dueAt - performance.now()) + 1, 2 ** 31 - 1));
  }

  function check(messageId: number, waiting: Pending, dueAt: number): void {
    // Timers run before sockets are read. If this process was busy, the answer may lie there already: look once more.
    setImmediate(() => {
      if (!pending.has(messageId)) return;
      const answered = waiting.answeredAt !== 0 && waiting.answeredAt + waiting.limits.idleMs > dueAt;
      if (answered || socket.isPaused() || performance.now() < dueAt) {
        if (socket.isPaused()) waiting.answeredAt = performance.now();
        watch(messageId, waiting);
      } else {
        end(
          new AppError('timeout', 'The server does not answer.', {
            details: { ...options.details, waiting: waiting.answeredAt === 0 ? 'first-answer' : 'next-answer' },
          }),
        );
      }
    });
  }

  function start(encode: EncodeRequest, limits: AnswerLimits, handler: AnswerHandler): number {
    lastId += 1;
    const messageId = lastId;
    if (ended !== null) {
      handler.onFailed(ended);
      return messageId;
    }
    const waiting: Pending = { handler, limits, sentAt: performance.now(), answeredAt: 0, timer: undefined };
    pending.set(messageId, waiting);
    watch(messageId, waiting);
    socket.write(encode(messageId));
    return messageId;
  }

  function send(encode: EncodeRequest): void {
    lastId += 1;
    if (ended === null) socket.write(encode(lastId));
  }

  return {
    get isOpen() {
      return ended === null && !socket.destroyed;
    },
    request(encode, limits) {
      return new Promise((resolve, reject) => {
        start(encode, limits, {
          onMessage(_tag, answer) {
            resolve(decodeResult(answer));
            return true;
          },
          onFailed: reject,
        });
      });
    },
    start,
    abandon(messageId) {
      if (!pending.has(messageId)) return;
      settle(messageId);
      send(abandonRequest(messageId));
    },
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    release() {
      if (framer.pendingBytes > 0 || pending.size > 0) throw new MalformedMessage('The server sent plain text where TLS begins.');
      socket.off('data', onData).off('error', onError).off('close', onClose);
      socket.pause();
      ended = new AppError('connection-lost', 'The connection was handed over.', { details: options.details });
      return socket;
    },
    close() {
      if (ended !== null) return;
      send(unbindRequest);
      socket.end();
      fail(new AppError('connection-lost', 'The connection was closed by this side.', { details: options.details }));
      // A server that does not close its side must not keep the socket.
      setTimeout(() => socket.destroy(), 1000).unref();
    },
  };
}
