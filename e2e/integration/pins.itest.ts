import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createKeychainHome, type KeychainState } from '../servers/keychain.ts';
import { hasProgram } from '../servers/sharedServers.ts';
import { temporaryFolder } from '../support/commands.ts';

const canRun = process.platform === 'linux' && hasProgram('dbus-run-session') && hasProgram('gnome-keyring-daemon');
const home = createKeychainHome();
const { folder, remove } = temporaryFolder('pins');
afterAll(() => {
  home.remove();
  remove();
});

const script = join(import.meta.dirname, 'pinsScript.ts');

async function run<T>(state: KeychainState, action: 'set' | 'read' | 'mail'): Promise<T> {
  const { stdout, stderr } = await home.run(state, script, [action, folder]);
  expect(stdout, stderr).not.toBe('');
  return JSON.parse(stdout) as T;
}

/** Every file of the data folder as bytes, the log of the database among them. */
function storedBytes(): Buffer {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  return Buffer.concat(files.filter((file) => statSync(file).isFile()).map((file) => readFileSync(file)));
}

// In this order: what one session stores is there in the next.
describe.skipIf(!canRun)('PINs with the keychain of a signed-in account', () => {
  test('are set to nothing where there is no keychain', async () => {
    expect(await run('none', 'set')).toEqual({ failed: 'keychain-unavailable' });
  });

  test('lie nowhere in the data folder in clear, and are there after a restart', async () => {
    const { initial } = await run<{ initial: string }>('unlocked', 'set');
    expect(initial).toMatch(/^\d{12}$/);

    const bytes = storedBytes();
    expect(bytes.includes('$scrypt$ln=14,r=8,p=1$')).toBe(true);
    expect(bytes.includes('284917350628')).toBe(false);
    expect(bytes.includes(initial)).toBe(false);
    expect(await run('unlocked', 'read')).toEqual({ matches: true, initial });
  });

  test('tell nothing to somebody who has the files and not the keychain', async () => {
    expect(await run('none', 'read')).toEqual({ failed: 'keychain-unavailable' });
    expect(await run('locked', 'read')).toEqual({ failed: 'keychain-unavailable' });
  });

  test('are erased once they are mailed, and still sign in', async () => {
    expect(await run('unlocked', 'mail')).toEqual({ matches: true, initial: null });
    expect(await run('unlocked', 'read')).toEqual({ matches: true, initial: null });
  });
});
