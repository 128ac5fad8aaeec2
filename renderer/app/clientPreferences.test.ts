// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createClientPreferences } from './clientPreferences.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function create() {
  const kept: string[] = [];
  const app = {
    preference: async () => ({ value: null }),
    setPreference: async ({ value }: { value: string }) => {
      kept.push(value);
      return null;
    },
  };
  return { kept, preferences: createClientPreferences({ app } as unknown as Parameters<typeof createClientPreferences>[0]) };
}

test('a single change is kept at once, and once', () => {
  const { kept, preferences } = create();
  preferences.write('columns', 'a');
  expect(kept).toEqual(['a']);
  vi.runAllTimers();
  expect(kept).toEqual(['a']);
});

test('of many changes the first is kept, and the last when they have come to rest', () => {
  const { kept, preferences } = create();
  for (const value of ['a', 'b', 'c']) preferences.write('columns', value);
  expect(kept).toEqual(['a']);
  vi.runAllTimers();
  expect(kept).toEqual(['a', 'c']);
});

test('a window that goes away leaves the last change behind', () => {
  const { kept, preferences } = create();
  for (const value of ['a', 'b']) preferences.write('columns', value);
  dispatchEvent(new Event('pagehide'));
  expect(kept).toEqual(['a', 'b']);
});
