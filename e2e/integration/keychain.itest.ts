import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createKeychainHome, type KeychainState } from '../servers/keychain.ts';
import { hasProgram } from '../servers/sharedServers.ts';

const canRun = process.platform === 'linux' && hasProgram('dbus-run-session') && hasProgram('gnome-keyring-daemon');
const home = createKeychainHome();
afterAll(home.remove);

const script = join(import.meta.dirname, 'keychainScript.ts');

/** What the product's own adapter answers in a session whose keychain is in that state. */
async function ask(state: KeychainState, ...args: string[]): Promise<unknown> {
  const { stdout, stderr } = await home.run(state, script, args);
  expect(stdout, stderr).not.toBe('');
  return JSON.parse(stdout);
}

// In this order: what one session stores is there in the next.
describe.skipIf(!canRun)('the keychain of a signed-in account', () => {
  test('has nothing at first', async () => {
    expect(await ask('unlocked', 'get', 'vault-key')).toEqual({ value: null });
  });

  test('keeps what is stored beyond the session', async () => {
    expect(await ask('unlocked', 'set', 'vault-key', 'QUJD äöü')).toEqual({});
    expect(await ask('unlocked', 'get', 'vault-key')).toEqual({ value: 'QUJD äöü' });
    expect(await ask('unlocked', 'get', 'another-key')).toEqual({ value: null });
  });

  test('fails, and never answers "nothing there", while it is locked', async () => {
    expect(await ask('locked', 'get', 'vault-key')).toEqual({ failed: true });
    expect(await ask('locked', 'set', 'vault-key', 'new')).toEqual({ failed: true });
    expect(await ask('unlocked', 'get', 'vault-key')).toEqual({ value: 'QUJD äöü' });
  });

  test('fails where there is no keychain at all', async () => {
    expect(await ask('none', 'get', 'vault-key')).toEqual({ failed: true });
    expect(await ask('none', 'set', 'vault-key', 'new')).toEqual({ failed: true });
  });
});
