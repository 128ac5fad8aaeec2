import { expect, it } from 'vitest';
import { shareCalls } from './shareCalls.ts';

function openCalls() {
  const calls: { readonly signal: AbortSignal; readonly answer: (value: string) => void }[] = [];
  const ask = shareCalls<string, string>((_, signal) => new Promise((answer) => calls.push({ signal, answer })));
  return { calls, ask };
}

it('asks once for two who want the same', async () => {
  const { calls, ask } = openCalls();

  const both = [ask('a'), ask('a')];
  calls[0]?.answer('done');

  expect(await Promise.all(both)).toEqual(['done', 'done']);
  expect(calls).toHaveLength(1);
});

it('cancels the work when the last one leaves, not before', async () => {
  const { calls, ask } = openCalls();
  const [one, two] = [new AbortController(), new AbortController()];
  const asked = [ask('a', one.signal), ask('a', two.signal)].map((each) => each.catch((error: unknown) => error));

  one.abort('one');
  expect(calls[0]?.signal.aborted).toBe(false);
  two.abort('two');

  expect(calls[0]?.signal.aborted).toBe(true);
  expect(await Promise.all(asked)).toEqual(['one', 'two']);
});

it('asks anew after the work was cancelled', async () => {
  const { calls, ask } = openCalls();
  const one = new AbortController();
  const cancelled = ask('a', one.signal).catch((error: unknown) => error);
  one.abort('one');

  const again = ask('a');
  calls[1]?.answer('done');

  expect(await again).toBe('done');
  expect(await cancelled).toBe('one');
});
