import { readdirSync } from 'node:fs';
import { defineConfig, type RolldownOptions } from 'rolldown';

const workers = readdirSync('electron/workers').filter((file) => file.endsWith('Worker.ts'));

/** Electron provides itself; the keychain is a native module that finds its binary beside its own files. */
const external = ['electron', '@napi-rs/keyring', /^@napi-rs\/keyring\//];

function bundle(input: string, output: string): RolldownOptions {
  return {
    input,
    platform: 'node',
    external,
    tsconfig: false,
    output: { file: `dist/${output}`, format: output.endsWith('.cjs') ? 'cjs' : 'esm', sourcemap: true, codeSplitting: false },
  };
}

export default defineConfig([
  bundle('electron/main.ts', 'main.js'),
  bundle('electron/server.ts', 'server.js'),
  bundle('electron/cli.ts', 'cli.js'),
  // A sandboxed preload has no module loader, so it is one CommonJS file.
  bundle('electron/preload.ts', 'preload.cjs'),
  // Each runs in a thread of its own, so each is a file of its own.
  ...workers.map((file) => bundle(`electron/workers/${file}`, file.replace('.ts', '.js'))),
]);
