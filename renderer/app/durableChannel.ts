import type { ErrorPayload } from '../../shared/contract/errors.ts';
import { request, response, type Channel, type Request } from '../../shared/contract/wire.ts';

export type ConnectionState = 'connecting' | 'connected' | 'reconnecting' | 'signed-out';

/** Thrown by `open` when the server does not know this session any more; trying again is useless. */
export class SignedOutError extends Error {
  override readonly name = 'SignedOutError';
}

export interface DurableChannelOptions {
  /** Opens one connection. Rejects when there is nobody, and with SignedOutError when the session ended. */
  open(): Promise<Channel>;
  /** True for a query: it may be asked again after a reconnect. A command may have taken effect, so it never is. */
  mayRepeat(service: string, method: string): boolean;
  /** Starts as `connecting`, without a call. */
  onState(state: Exclude<ConnectionState, 'connecting'>): void;
  /** Milliseconds before the next attempt; the first one has number 0. */
  delayMs?(attempt: number): number;
}

type Call = Extract<Request, { type: 'call' }>;

const defaultDelayMs = (attempt: number) => Math.min(250 * 2 ** attempt, 5_000);

/**
 * A channel that outlives its connections. Queries that were not answered are asked again on the next connection and wait
 * while there is none; commands fail with `connection-lost`, because nobody knows whether they took effect.
 */
export function createDurableChannel({ open, mayRepeat, onState, delayMs = defaultDelayMs }: DurableChannelOptions): Channel {
  const listeners = new Set<(message: unknown) => void>();
  const pending = new Map<number, Call>();
  let current: Channel | null = null;
  let isSignedOut = false;

  void connect(0);

  return {
    send(message) {
      const { data } = request.safeParse(message);
      if (data?.type === 'call') return sendCall(data);
      if (data?.type === 'cancel') return sendCancel(data.id);
      current?.send(message);
    },
    onMessage(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onClose: () => {},
  };

  function sendCall(call: Call) {
    if (isSignedOut) return fail(call.id, 'not-allowed', 'The session has ended.');
    if (!current && !mayRepeat(call.service, call.method))
      return fail(call.id, 'connection-lost', 'There is no connection to the console.');
    pending.set(call.id, call);
    current?.send(call);
  }

  function sendCancel(id: number) {
    if (current) return current.send({ type: 'cancel', id } satisfies Request);
    if (pending.delete(id)) fail(id, 'cancelled', 'Cancelled while there was no connection.');
  }

  async function connect(attempt: number): Promise<void> {
    try {
      const channel = await open();
      channel.onMessage(receive);
      channel.onClose(lose);
      current = channel;
      onState('connected');
      for (const call of pending.values()) channel.send(call);
    } catch (error) {
      if (error instanceof SignedOutError) return signOut();
      setTimeout(() => void connect(attempt + 1), delayMs(attempt));
    }
  }

  function receive(message: unknown) {
    const { data } = response.safeParse(message);
    if (data && data.type !== 'event') pending.delete(data.id);
    deliver(message);
  }

  function lose() {
    current = null;
    onState('reconnecting');
    for (const [id, call] of pending) {
      if (mayRepeat(call.service, call.method)) continue;
      pending.delete(id);
      fail(id, 'connection-lost', 'The connection was lost before the answer came.');
    }
    void connect(0);
  }

  function signOut() {
    isSignedOut = true;
    onState('signed-out');
    for (const id of pending.keys()) fail(id, 'not-allowed', 'The session has ended.');
    pending.clear();
  }

  function fail(id: number, code: ErrorPayload['code'], message: string) {
    // Later, as an answer would come: the caller has not returned from send yet.
    queueMicrotask(() => deliver({ type: 'failed', id, error: { code, message, ref: '' } }));
  }

  function deliver(message: unknown) {
    for (const listener of listeners) listener(message);
  }
}
