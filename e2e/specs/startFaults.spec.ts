import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, noKeychain, test, type Host } from '../fixtures.ts';
import { isRealElectron, runDesktop, startDesktop } from '../hosts/desktop.ts';
import { startWebHost } from '../hosts/web.ts';
import { consoleIsReady } from '../support/consolePage.ts';

test.skip(({ host }) => host === 'desktop' && isRealElectron, 'Nobody closes the message box of a real Electron; the double notes it.');

/** What somebody is told who starts the console in vain: by the message box of the desktop, by the terminal of the headless host. */
async function startInVain(host: Host, folder: string, env: NodeJS.ProcessEnv): Promise<string> {
  if (host === 'desktop') {
    const { code, stderr } = await runDesktop(folder, env);
    expect(code).toBe(1);
    return stderr;
  }
  const failure = await startWebHost(folder, env).then(
    (started) => started.stop(),
    (error: Error) => error.message,
  );
  expect(failure).toContain('The headless host ended with 1');
  return failure!;
}

interface StartFault {
  /** Makes it in this folder; resolves to where the console is to keep its data. */
  make(folder: string): string;
  readonly told: readonly string[];
  /** Fails where something was changed; then puts it right. */
  mend(folder: string): void;
}

const storeIn = (folder: string) => join(folder, 'data', 'users.db');
const pragma = (file: string, text: string) => {
  const store = new DatabaseSync(file);
  const row = store.prepare(`PRAGMA ${text}`).get();
  store.close();
  return row;
};

const faults: Record<string, StartFault> = {
  'a store that a newer version wrote': {
    make(folder) {
      mkdirSync(join(folder, 'data'));
      pragma(storeIn(folder), 'user_version=999');
      return join(folder, 'data');
    },
    told: [
      'The console could not start: The store was written by a newer version of the console. Install that version of the console or a later one.',
      ...['file: ', 'users.db', 'version: 999'],
    ],
    mend(folder) {
      expect(pragma(storeIn(folder), 'user_version')).toEqual({ user_version: 999 });
      pragma(storeIn(folder), 'user_version=0');
    },
  },
  'a data folder that cannot be written to': {
    make(folder) {
      // The tests may run as root, who may write to every folder; nobody makes one in a file.
      writeFileSync(join(folder, 'file'), '');
      return join(folder, 'file', 'data');
    },
    told: [
      'The console could not start: The path of the data folder contains a file. Give the account that starts the console the right to write there',
    ],
    mend: (folder) => rmSync(join(folder, 'file')),
  },
};

for (const [name, fault] of Object.entries(faults)) {
  test(`${name} keeps the console from starting, which says so; put right, it starts`, async ({
    host,
    folder,
    webBrowser,
    closeAfterwards,
  }) => {
    const env = { ...noKeychain, MFA_DATA_DIR: fault.make(folder) };

    const told = await startInVain(host, folder, env);
    for (const part of fault.told) expect(told).toContain(part);
    expect(told).not.toMatch(/^ +at /m);

    fault.mend(folder);
    if (host === 'desktop') {
      const app = await startDesktop(folder, env);
      closeAfterwards(() => app.close());
      await consoleIsReady(await app.firstWindow());
    } else {
      const started = await startWebHost(folder, env);
      closeAfterwards(() => started.stop());
      const page = await webBrowser!.newPage();
      closeAfterwards(() => page.close());
      await page.goto(started.signInLink);
      await consoleIsReady(page);
    }
    expect(existsSync(env.MFA_DATA_DIR)).toBe(true);
  });
}
