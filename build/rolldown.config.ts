import { readdirSync } from 'node:fs';
import { defineConfig, type Plugin, type RolldownOptions } from 'rolldown';

const workers = readdirSync('electron/workers').filter((file) => file.endsWith('Worker.ts'));

/** Electron provides itself; the keychain is a native module that finds its binary beside its own files. */
const external = ['electron', '@napi-rs/keyring', /^@napi-rs\/keyring\//];

/** The log's package asks for all of date-fns, 600 KB, and uses five of its functions: hosts start sooner without the others. */
const fewDateFunctions: Plugin = {
  name: 'few-date-functions',
  transform: {
    filter: { id: /pino-roll[\\/]lib[\\/]utils\.js$/ },
    handler: (code) =>
      code.replace(/const \{([^}]+)\} = require\('date-fns'\)/, (_all, names: string) =>
        names
          .split(',')
          .map((name) => `const { ${name.trim()} } = require('date-fns/${name.trim()}');`)
          .join(' '),
      ),
  },
};

/**
 * Escapes what is not ASCII. A file with a single other character is decoded slowly, and held and compared at two bytes a character:
 * a tenth of the time until a host answers. Nothing of ours or of others asks for the source of a template (`String.raw`) with such characters.
 */
const asciiOnly: Plugin = {
  name: 'ascii-only',
  // The last step before writing: an earlier one would be undone.
  generateBundle(_options, files) {
    for (const file of Object.values(files)) {
      if (file.type !== 'chunk') continue;
      file.code = file.code.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
    }
  },
};

function bundle(input: string, output: string): RolldownOptions {
  return {
    input,
    platform: 'node',
    external,
    tsconfig: false,
    plugins: [fewDateFunctions, asciiOnly],
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
