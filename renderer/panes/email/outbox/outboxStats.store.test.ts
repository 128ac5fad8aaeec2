import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AppError } from '../../../../shared/contract/errors.ts';
import { countOf, createOutboxStatsStore } from './outboxStats.store.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function opened() {
  const listeners = new Set<() => void>();
  const server = { held: 1, asked: 0, refusal: null as AppError | null };
  const store = createOutboxStatsStore({
    outbox: {
      async stats() {
        server.asked += 1;
        if (server.refusal) throw server.refusal;
        return { states: [{ state: 'held', count: server.held }], sentLastDay: 0, trouble: null, dayLimit: null, mode: 'hold' };
      },
      lastDay: async () => ({ hours: [] }),
      onChanged: (listener: () => void) => (listeners.add(listener), () => void listeners.delete(listener)),
    } as never,
  });
  return { server, store, state: () => store.getState(), tell: () => listeners.forEach((listener) => listener()), listeners };
}

it('counts again a second after the outbox has changed, however often it changes', async () => {
  const { server, state, tell } = opened();
  state().follow();
  await vi.advanceTimersByTimeAsync(0);
  expect(countOf(state().stats, 'held')).toBe(1);
  expect(countOf(state().stats, 'failed')).toBe(0);

  server.held = 5;
  for (let times = 0; times < 50; times++) tell();
  await vi.advanceTimersByTimeAsync(1000);

  expect(countOf(state().stats, 'held')).toBe(5);
  expect(server.asked).toBe(2);
});

it('keeps what it knows when the server does not answer, and asks nothing once nobody looks', async () => {
  const { server, state, tell, listeners } = opened();
  const stop = state().follow();
  await vi.advanceTimersByTimeAsync(0);
  server.refusal = new AppError('connection-lost', 'Gone.');
  tell();
  await vi.advanceTimersByTimeAsync(1000);
  expect(state()).toMatchObject({ error: { code: 'connection-lost' }, stats: { mode: 'hold' } });

  stop();
  expect(listeners.size).toBe(0);
  await vi.advanceTimersByTimeAsync(60 * 60 * 1000);
  expect(server.asked).toBe(2);
});
