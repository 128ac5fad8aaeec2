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

/** A small file that imports its program, `NAME-….js`, which must not be in the same file. */
function started(name: string): RolldownOptions {
  const options = bundle(`electron/${name}.ts`, `${name}.js`);
  return {
    ...options,
    output: { format: 'esm', sourcemap: true, dir: 'dist', entryFileNames: '[name].js', chunkFileNames: `${name}-[name].js` },
  };
}

export default defineConfig([
  bundle('electron/main.ts', 'main.js'),
  started('server'),
  started('cli'),
  // A sandboxed preload has no module loader, so it is one CommonJS file.
  bundle('electron/preload.ts', 'preload.cjs'),
  // Each runs in a thread of its own, so each is a file of its own.
  ...workers.map((file) => bundle(`electron/workers/${file}`, file.replace('.ts', '.js'))),
]);
