/** mfactl: the console for scripts. The same runtime as the window, over a channel in memory. */
import { text as readAll } from 'node:stream/consumers';
import { createClient } from '../shared/contract/client.ts';
import { contract } from '../shared/contract/index.ts';
import { runCommandLine } from './cli/runCommandLine.ts';
import { verbs } from './cli/verbs/index.ts';
import { servePort } from './cli/verbs/serveVerb.ts';
import type { Terminal } from './cli/verb.ts';
import { createChannelPair } from './platform/memory/channelPair.ts';
import { dataFolder } from './platform/node/dataFolder.ts';
import { whenAskedToEnd } from './platform/node/endSignals.ts';
import { openOfflineStore } from './platform/node/offlineStore.ts';
import { withNextStep } from './platform/node/openWithRecovery.ts';
import { localCaller, openConsole } from './platform/node/openConsole.ts';
import { serveConsole } from './platform/node/serveConsole.ts';

const isWatched = process.stderr.isTTY;

const terminal: Terminal = {
  readStdin: () => readAll(process.stdin),
  env: process.env,
  progress: (line) => void (isWatched && process.stderr.write(`\r\x1b[K${line}`)),
  onInterrupt: (callback) => whenAskedToEnd(callback),
  print: (line) => void process.stdout.write(`${line}\n`),
};

process.exitCode = await runCommandLine(process.argv.slice(2), {
  verbs,
  terminal,
  writeOut: (line) => void process.stdout.write(`${line}\n`),
  writeError: (line) => void process.stderr.write(`${line}\n`),
  async connect(folder) {
    const place = folder ?? dataFolder();
    const opened = await openConsole({ kind: 'command line', dataFolder: place }).catch((error: unknown) => {
      throw withNextStep(error, place).advised;
    });
    const [near, far] = createChannelPair();
    opened.router.serve(far, localCaller('mfactl'));
    return { client: createClient(contract, near), close: opened.stop };
  },
  offline: (folder) => openOfflineStore(folder ?? dataFolder()),
  serve: ({ options, dataFolder: folder }) =>
    serveConsole({
      port: servePort({ options }),
      open: options['open'] === true,
      dataFolder: folder ?? dataFolder(),
      print: terminal.print,
    }),
});
