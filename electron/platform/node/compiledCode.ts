import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

/**
 * Keeps the compiled code of what is imported from now on beside the program, and uses what an earlier start left there: a third of the
 * time until a host answers goes into compiling. Where the program's folder cannot be written, nothing is kept and nothing is said.
 * Threads that start later follow. Node checks by content, so a new version never meets old code.
 */
export function keepCompiledCode(programFolder: string): void {
  const folder = join(programFolder, '.compiled');
  enableCompileCache(folder);
  // What `Worker` starts looks here only.
  process.env['NODE_COMPILE_CACHE'] ??= folder;
}
