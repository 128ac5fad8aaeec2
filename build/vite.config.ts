import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('../renderer'),
  plugins: [react()],
  build: {
    outDir: here('../dist/renderer'),
    emptyOutDir: true,
    target: 'chrome140',
    // Nothing inline: the policy of the page has no place for it.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Modules run in the order in which they are imported: zod must be told about the policy before the first schema is made.
    rolldownOptions: { output: { strictExecutionOrder: true } },
  },
});
