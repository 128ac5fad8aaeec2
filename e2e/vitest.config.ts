import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Against real servers; slower than unit tests and run after them. */
export default defineConfig({
  test: {
    root: here('..'),
    include: ['e2e/integration/*.itest.ts'],
    globalSetup: here('./globalSetup.ts'),
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Two cores, and the servers want one of them.
    maxWorkers: 2,
  },
});
