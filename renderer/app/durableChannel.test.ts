import { expect, it, vi } from 'vitest';
import type { Channel } from '../../shared/contract/wire.ts';
import { createDurableChannel, SignedOutError, type ConnectionState } from './durableChannel.ts';

/** A server whose connections the test opens and cuts. */
function setUp() {
  const sent: unknown[][] = [];
  const received: unknown[] = [];
  const states: ConnectionState[] = [];
  let refusal: Error | null = null;
  let cut = () => {};
  let answer = (_message: unknown) => {};

  const channel = createDurableChannel({
    async open(): Promise<Channel> {
      if (refusal) throw refusal;
      const connection: unknown[] = [];
      sent.push(connection);
      return {
        send: (message) => void connection.push(message),
        onMessage: (listener) => ((answer = listener), () => {}),
        onClose: (listener) => void (cut = listener),
      };
    },
    mayRepeat: (_service, method) => method === 'list',
    onState: (state) => void states.push(state),
    delayMs: () => 0,
  });
  channel.onMessage((message) => void received.push(message));
  return {
    channel,
    sent,
    received,
    states,
    cut: () => cut(),
    answer: (m: unknown) => answer(m),
    refuse: (error: Error | null) => (refusal = error),
  };
}

const list = (id: number) => ({ type: 'call' as const, id, service: 'users', method: 'list', input: null });
const change = (id: number) => ({ type: 'call' as const, id, service: 'directory', method: 'set', input: null });
const failure = (id: number, code: string) => expect.objectContaining({ type: 'failed', id, error: expect.objectContaining({ code }) });

it('asks a query before the connection is there, and passes the answer on', async () => {
  const { channel, sent, received, answer } = setUp();
  channel.send(list(1));
  await vi.waitFor(() => expect(sent[0]).toEqual([list(1)]));

  answer({ type: 'done', id: 1, output: 'people' });

  expect(received).toEqual([{ type: 'done', id: 1, output: 'people' }]);
});

it('repeats a query that was not answered before the connection was lost', async () => {
  const { channel, sent, cut, answer, states } = setUp();
  await vi.waitFor(() => expect(states).toEqual(['connected']));
  channel.send(list(1));
  channel.send(list(2));
  answer({ type: 'done', id: 1, output: null });

  cut();

  await vi.waitFor(() => expect(sent[1]).toEqual([list(2)]));
  expect(states).toEqual(['connected', 'reconnecting', 'connected']);
});

it('never repeats a command: nobody knows whether it took effect', async () => {
  const { channel, sent, received, cut, states } = setUp();
  await vi.waitFor(() => expect(states).toEqual(['connected']));
  channel.send(change(1));

  cut();

  await vi.waitFor(() => expect(sent).toHaveLength(2));
  expect(received).toEqual([failure(1, 'connection-lost')]);
  expect(sent[1]).toEqual([]);
});

it('refuses a command at once while there is no connection', async () => {
  const { channel, received, cut, states, refuse } = setUp();
  await vi.waitFor(() => expect(states).toEqual(['connected']));
  refuse(new Error('nobody there'));
  cut();

  channel.send(change(1));
  await vi.waitFor(() => expect(received).toEqual([failure(1, 'connection-lost')]));
  refuse(null);

  await vi.waitFor(() => expect(states.at(-1)).toBe('connected'));
});

it('answers a query that is cancelled while there is no connection', async () => {
  const { channel, received, sent, cut, states, refuse } = setUp();
  await vi.waitFor(() => expect(states).toEqual(['connected']));
  refuse(new Error('nobody there'));
  cut();
  channel.send(list(1));

  channel.send({ type: 'cancel', id: 1 });
  await vi.waitFor(() => expect(received).toEqual([failure(1, 'cancelled')]));
  refuse(null);

  await vi.waitFor(() => expect(sent).toHaveLength(2));
  expect(sent[1]).toEqual([]);
});

it('stops trying when the session has ended', async () => {
  const { channel, received, states, cut, refuse } = setUp();
  await vi.waitFor(() => expect(states).toEqual(['connected']));
  channel.send(list(1));
  refuse(new SignedOutError('gone'));

  cut();

  await vi.waitFor(() => expect(states.at(-1)).toBe('signed-out'));
  await vi.waitFor(() => expect(received).toEqual([failure(1, 'not-allowed')]));
});
