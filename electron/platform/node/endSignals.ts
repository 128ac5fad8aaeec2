import type { EventEmitter } from 'node:events';

/**
 * Calls back once when this process is asked to end, until the returned function is called. On Windows nobody sends SIGTERM; there a closed
 * console window comes as SIGHUP, some ten seconds before the system ends the process, and Ctrl+Break as SIGBREAK.
 * https://nodejs.org/api/process.html#signal-events
 */
export function whenAskedToEnd(
  callback: () => void,
  { platform = process.platform, source = process }: { platform?: NodeJS.Platform; source?: EventEmitter } = {},
): () => void {
  const signals = ['SIGINT', 'SIGTERM', ...(platform === 'win32' ? ['SIGHUP', 'SIGBREAK'] : [])];
  const off = () => {
    for (const signal of signals) source.off(signal, end);
  };
  const end = () => {
    off();
    callback();
  };
  for (const signal of signals) source.on(signal, end);
  return off;
}
