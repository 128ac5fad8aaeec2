/** A console on a data folder, in a session with or without a keychain; see pins.itest.ts. Prints one JSON object. */
import { createPinPreparer } from '../../electron/services/pins/pinPreparer.ts';
import { createInitialPins } from '../../electron/services/pins/initialPins.ts';
import { createSecretHashes } from '../../electron/services/hashes/secretHashes.ts';
import { createVault } from '../../electron/services/vault/vault.ts';
import { createTestPinPorts } from '../../electron/services/pins/testing.ts';
import { createKeychain } from '../../electron/platform/node/keychain.ts';
import type { ConsoleSchema } from '../../electron/store/console/schema.ts';
import { createSecretsRepository } from '../../electron/store/console/secretsRepository.ts';
import { createSettingsRepository } from '../../electron/store/console/settingsRepository.ts';
import { createPinRepository } from '../../electron/store/pins/pinRepository.ts';
import { openStore } from '../../electron/store/storeFiles.ts';
import { createTypedQueries } from '../../electron/store/typedQueries.ts';
import { Secret } from '../../shared/lib/secret.ts';
import { isAppError } from '../../shared/contract/errors.ts';

const [action, folder] = process.argv.slice(2) as ['set' | 'read' | 'mail', string];
const store = openStore(folder);
const queries = createTypedQueries<ConsoleSchema>(store.console);
const settings = createSettingsRepository(queries);
const vault = createVault({
  keychain: createKeychain(),
  sealed: createSecretsRepository(queries),
  readVaultId: () => (settings.read('vaultId') as string | undefined) ?? null,
  writeVaultId: (id) => settings.write('vaultId', id),
  newId: () => 'pins-test',
  log: () => {},
});
const pins = createPinRepository(store.users);
const ports = { ...createTestPinPorts(pins, createSecretHashes(vault.sealer), { minLength: 12 }), sealer: vault.sealer };
const initial = createInitialPins(ports);

/** The PIN of user 1 is chosen by somebody, that of user 2 is made up and has to be mailed. */
async function act(): Promise<object> {
  if (action === 'set') {
    store.users.exec(`INSERT OR IGNORE INTO users (id, username, username_key, method, mode, enabled, complete, created_at, updated_at)
      VALUES (1, 'anna', 'anna', 'call', 'pin', 1, 0, 0, 0), (2, 'bob', 'bob', 'call', 'pin', 1, 0, 0, 0)`);
    const preparer = createPinPreparer(ports);
    const chosen = await preparer.prepare(pins.subjects([1])[0]!, new Secret('284917350628'));
    await pins.write([{ userId: 1, pin: chosen }], 1);
    await preparer.assignInitial([2], { signal: new AbortController().signal, progress: () => {} });
    return { initial: (await initial.take(2))?.pin.reveal() };
  }
  const waiting = await initial.take(2);
  if (action === 'mail' && waiting) await initial.mailed(2, waiting.record);
  const matches = await ports.hashes.matches('pin', new Secret('284917350628'), pins.records(1).current ?? '', 'now');
  return { matches, initial: (await initial.take(2))?.pin.reveal() ?? null };
}

process.stdout.write(JSON.stringify(await act().catch((error: unknown) => ({ failed: isAppError(error) ? error.code : String(error) }))));
store.users.close();
store.console.close();
