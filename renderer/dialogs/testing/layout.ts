import { vi } from 'vitest';

/** jsdom lays nothing out, and virtual lists show nothing without a height: gives every element that of a small window. */
export function layOutElements(): void {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => 352 });
}
