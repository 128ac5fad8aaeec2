import { runInBackground, waitUntil } from '../support/commands.ts';
import { answers, freePort } from '../support/loopback.ts';

/** Postfix's smtp-sink: takes every mail and forgets it, faster than any client sends. `faults`: its options for refusing and hanging up. */
export async function startSmtpSink(faults: readonly string[] = []): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const port = await freePort();
  const isRoot = process.getuid?.() === 0;
  const sink = runInBackground('smtp-sink', [...(isRoot ? ['-u', 'postfix'] : []), ...faults, `127.0.0.1:${port}`, '1000']);
  await waitUntil(
    () => answers('127.0.0.1', port),
    () => `smtp-sink does not answer: ${sink.output()}`,
  );
  return { port, stop: () => sink.stop() };
}
