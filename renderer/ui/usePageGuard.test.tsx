// @vitest-environment jsdom
import { cleanup, renderHook } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { usePageGuard } from './usePageGuard.ts';

afterEach(cleanup);

function isHeld(): boolean {
  return !dispatchEvent(new Event('beforeunload', { cancelable: true }));
}

it('holds the page while there is unsaved input, and no longer', () => {
  const { rerender, unmount } = renderHook(usePageGuard, { initialProps: false });
  expect(isHeld()).toBe(false);
  rerender(true);
  expect(isHeld()).toBe(true);
  rerender(false);
  expect(isHeld()).toBe(false);
  rerender(true);
  unmount();
  expect(isHeld()).toBe(false);
});
