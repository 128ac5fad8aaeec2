import { defineConfig, type RolldownOptions } from 'rolldown';

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
  bundle('electron/workers/importWorker.ts', 'importWorker.js'),
  bundle('electron/workers/listWorker.ts', 'listWorker.js'),
]);
