import { join } from 'node:path';
import { openAppWindow } from './appWindow.ts';
import { startHttpHost } from './httpHost.ts';
import { openConsole } from './openConsole.ts';
import { installFolder } from './installFolder.ts';

export interface ServeOptions {
  readonly port: number;
  /** Open the browser's app window; where there is none, the link is printed all the same. */
  readonly open: boolean;
  readonly dataFolder: string;
  readonly print: (line: string) => void;
}

/** Runs the headless host until SIGINT or SIGTERM, or, with `open`, until its window was closed. */
export async function serveConsole({ port, open, dataFolder, print }: ServeOptions): Promise<void> {
  const console = await openConsole({ kind: 'headless', dataFolder });
  const host = await startHttpHost(console.router, { rendererFolder: join(installFolder, 'renderer'), port, now: Date.now }).catch(
    async (error: unknown) => {
      await console.stop();
      throw error;
    },
  );
  const window = open ? openAppWindow(host.signInLink()) : null;
  print(`Listening on 127.0.0.1:${host.port}. Press Ctrl+C to stop.`);
  // A window that the browser opened has used its own link; this one is for another browser, or for a machine without one.
  print(`Sign in at ${host.signInLink()}`);

  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
    void window?.closed.then(resolve);
  });
  await host.close();
  await console.stop();
}
