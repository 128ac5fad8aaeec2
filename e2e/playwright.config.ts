import { defineConfig } from '@playwright/test';
import type { Host } from './fixtures.ts';

const isRoot = process.getuid?.() === 0;
const args = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export default defineConfig<object, { host: Host }>({
  testDir: './specs',
  outputDir: './results',
  globalSetup: './globalSetup.ts',
  // A machine that builds and tests at once is several times slower than a desk; what hangs is found all the same.
  timeout: 150_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  // One more try, and the report names what needed it; at a desk nothing is tried again.
  retries: process.env['CI'] ? 1 : 0,
  // Two cores: a browser and a host each.
  workers: 2,
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_NAME']
    ? [['list'], ['json', { outputFile: process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'] }]]
    : 'list',
  use: {
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: isRoot ? [...args, '--no-sandbox'] : args },
    viewport: { width: 1280, height: 800 },
  },
  projects: [
    { name: 'web', use: { host: 'web' }, testIgnore: '**/specs/desktop/**' },
    { name: 'desktop', use: { host: 'desktop' }, testIgnore: '**/specs/web/**' },
  ],
});
