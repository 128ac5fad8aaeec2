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
  for (const name of ['clientHeight', 'offsetHeight'] as const) {
    Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => 352 });
  }
  Object.defineProperty(HTMLElement.prototype, 'offsetWidth', { configurable: true, get: () => 640 });
  HTMLElement.prototype.scrollTo = () => {};
}
