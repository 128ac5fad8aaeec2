import { join } from 'node:path';
import { whenAskedToEnd } from './endSignals.ts';
import { openAppWindow } from './appWindow.ts';
import type { DamagedStore } from './openWithRecovery.ts';
import { runConsole } from './runConsole.ts';
import { startRecoveryHost, type RecoveryHost } from './recoveryHost.ts';
import { startHttpHost, type HttpHost } from './httpHost.ts';
import { installFolder } from './installFolder.ts';

export interface ServeOptions {
  readonly port: number;
  /** Open the browser's app window; where there is none, the link is printed all the same. */
  readonly open: boolean;
  readonly dataFolder: string;
  readonly print: (line: string) => void;
}

/** Runs the headless host until it is asked to end, or, with `open`, until its window was closed. */
export async function serveConsole({ port, open, dataFolder, print }: ServeOptions): Promise<void> {
  const shown: { recovery?: RecoveryHost; window?: ReturnType<typeof openAppWindow> | null } = {};
  const show = (signInLink: string): void => void (shown.window ??= open ? openAppWindow(signInLink) : null);

  /** Nobody can restore a store that a console has open, so this comes before it. */
  async function ask(damaged: DamagedStore): Promise<boolean> {
    if (!shown.recovery) {
      shown.recovery = await startRecoveryHost({ port, now: Date.now });
      show(shown.recovery.signInLink());
      print(`${damaged.sentence} To restore the newest whole backup, ${damaged.copy.file}, sign in. Press Ctrl+C to stop.`);
      print(`Sign in at ${shown.recovery.signInLink()}`);
    }
    const closed = shown.window?.closed.then(() => false);
    return Promise.race([shown.recovery.ask(damaged), ...(closed ? [closed] : [])]);
  }

  // Nobody can have a backup restored before there is a host to ask it through.
  const served: { host?: HttpHost } = {};
  let lose: (error: unknown) => void = () => {};
  const lost = new Promise<never>((_resolve, reject) => (lose = reject));
  // It is thrown where it is waited for.
  lost.catch(() => undefined);
  const console = await runConsole(
    { kind: 'headless', dataFolder },
    {
      ask,
      hide: () => served.host?.serve(null),
      show({ router }) {
        served.host?.serve(router);
        print('A backup was to be restored. The console runs again.');
      },
      lost: lose,
    },
  ).finally(() => shown.recovery?.handOver());
  const host = await startHttpHost(console.router, {
    rendererFolder: join(installFolder, 'renderer'),
    port: shown.recovery?.port ?? port,
    now: Date.now,
    signIn: shown.recovery?.signIn,
  }).catch(async (error: unknown) => {
    await console.stop();
    throw error;
  });
  served.host = host;
  show(host.signInLink());
  print(`Listening on 127.0.0.1:${host.port}. Press Ctrl+C to stop.`);
  // A window that the browser opened has used its own link; this one is for another browser, or for a machine without one.
  print(`Sign in at ${host.signInLink()}`);

  const ended = new Promise<void>((resolve) => {
    whenAskedToEnd(resolve);
    void shown.window?.closed.then(resolve);
  });
  try {
    await Promise.race([ended, lost]);
  } finally {
    await host.close();
    await console.stop();
  }
}
