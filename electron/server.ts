/** The headless host. Its program is imported only when the compiled code of the last start is at hand. */
import { keepCompiledCode } from './platform/node/compiledCode.ts';

keepCompiledCode(import.meta.dirname);
await import('./serverProgram.ts');
