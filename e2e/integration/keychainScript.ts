/** Runs in a session with or without a keychain, as a process of its own; see keychain.itest.ts. Prints one JSON object. */
import { createKeychain } from '../../electron/platform/node/keychain.ts';
import { Secret } from '../../shared/lib/secret.ts';

const [action, entry, value] = process.argv.slice(2) as ['get' | 'set', string, string];
const keychain = createKeychain();

async function act(): Promise<object> {
  if (action === 'get') return { value: (await keychain.get(entry))?.reveal() ?? null };
  await keychain.set(entry, new Secret(value));
  return {};
}

process.stdout.write(JSON.stringify(await act().catch(() => ({ failed: true }))));
