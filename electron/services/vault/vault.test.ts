import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../shared/lib/secret.ts';
import { createVault, type Binding, type KeychainPort, type SealedSecrets } from './vault.ts';

const binding: Binding = { purpose: 'directory', servers: ['dc1.corp.example:636', 'dc2.corp.example:636'], user: 'svc@corp.example' };

function createKeychain(): KeychainPort & { entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    backend: 'test keychain',
    get: async (entry) => (entries.has(entry) ? new Secret(entries.get(entry)!) : null),
    set: async (entry, value) => void entries.set(entry, value.reveal()),
  };
}

const noKeychain: KeychainPort = {
  backend: 'Secret Service',
  get: async () => Promise.reject(new Error('no bus')),
  set: async () => Promise.reject(new Error('no bus')),
};

/** A data folder; every vault that is opened on it is a new start of the console. */
function createFolder() {
  const stored = new Map<string, Uint8Array>();
  let vaultId: string | null = null;
  const sealed: SealedSecrets = {
    names: () => [...stored.keys()],
    read: (name) => stored.get(name) ?? null,
    write: (name, bytes) => void stored.set(name, bytes),
    remove: (name) => void stored.delete(name),
  };
  const open = (keychain: KeychainPort) =>
    createVault({
      keychain,
      sealed,
      readVaultId: () => vaultId,
      writeVaultId: (id) => void (vaultId = id),
      newId: randomUUID,
      log: () => {},
    });
  return { stored, open };
}

describe('the vault', () => {
  it('gives back after a restart what was put in', async () => {
    const keychain = createKeychain();
    const folder = createFolder();
    await folder.open(keychain).put(binding, new Secret('pässword'));

    const restarted = folder.open(keychain);

    expect((await restarted.take(binding)).reveal()).toBe('pässword');
    expect(await restarted.state()).toEqual({ state: 'keychain', backend: 'test keychain' });
  });

  it('keeps nothing in clear in the data folder and one short entry in the keychain', async () => {
    const keychain = createKeychain();
    const folder = createFolder();

    await folder.open(keychain).put(binding, new Secret('hunter2-hunter2'));

    expect(Buffer.concat([...folder.stored.values()]).includes('hunter2')).toBe(false);
    expect([...keychain.entries.values()].map((value) => value.length)).toEqual([44]);
  });

  it('seals with one key what is put in at the same time', async () => {
    const keychain = createKeychain();
    const folder = createFolder();
    const vault = folder.open(keychain);
    const other = { ...binding, user: 'other' };

    await Promise.all([vault.put(binding, new Secret('first')), vault.put(other, new Secret('second'))]);

    expect(keychain.entries.size).toBe(1);
    expect((await folder.open(keychain).take(binding)).reveal()).toBe('first');
    expect((await folder.open(keychain).take(other)).reveal()).toBe('second');
  });

  it('does not know a password under another server or user', async () => {
    const vault = createFolder().open(createKeychain());
    await vault.put(binding, new Secret('hunter2'));

    for (const other of [
      { ...binding, user: 'other' },
      { ...binding, servers: ['evil.example:636'] },
      { ...binding, servers: ['dc1.corp.example:389', 'dc2.corp.example:636'] },
    ]) {
      expect(vault.has(other)).toBe(false);
      await expect(vault.take(other)).rejects.toMatchObject({ code: 'secret-missing' });
    }
  });

  it('refuses sealed bytes that were moved to another binding', async () => {
    const folder = createFolder();
    const vault = folder.open(createKeychain());
    await vault.put(binding, new Secret('hunter2'));
    const other = { ...binding, servers: ['evil.example:636'] };
    const [bytes] = folder.stored.values();
    folder.stored.set(JSON.stringify(['directory', ['evil.example:636'], 'svc@corp.example']), bytes!);

    await expect(vault.take(other)).rejects.toMatchObject({ code: 'secret-bound-elsewhere' });
  });

  it('says so when the keychain lost the key, and takes new passwords', async () => {
    const folder = createFolder();
    await folder.open(createKeychain()).put(binding, new Secret('hunter2'));
    const vault = folder.open(createKeychain());

    await expect(vault.take(binding)).rejects.toMatchObject({ code: 'keychain-unavailable' });
    await vault.put(binding, new Secret('again'));

    expect((await vault.take(binding)).reveal()).toBe('again');
  });

  it('never falls back to plain text where no keychain answers', async () => {
    const folder = createFolder();
    const vault = folder.open(noKeychain);

    expect(await vault.state()).toEqual({ state: 'unavailable', backend: 'Secret Service' });
    await expect(vault.put(binding, new Secret('hunter2'))).rejects.toMatchObject({ code: 'keychain-unavailable' });
    expect(folder.stored.size).toBe(0);
  });

  it('loses nothing while the keychain is locked', async () => {
    const keychain = createKeychain();
    const folder = createFolder();
    await folder.open(keychain).put(binding, new Secret('hunter2'));
    const before = new Map(folder.stored);
    const locked = folder.open(noKeychain);

    expect(await locked.state()).toMatchObject({ state: 'unavailable' });
    await expect(locked.take(binding)).rejects.toMatchObject({ code: 'keychain-unavailable' });
    await expect(locked.put(binding, new Secret('other'))).rejects.toMatchObject({ code: 'keychain-unavailable' });
    expect(locked.has(binding)).toBe(true);
    expect(folder.stored).toEqual(before);

    expect((await folder.open(keychain).take(binding)).reveal()).toBe('hunter2');
  });

  it('can be sealed by a passphrase instead, which is asked for after a restart', async () => {
    const folder = createFolder();
    const vault = folder.open(noKeychain);
    expect(await vault.unlock(new Secret('correct horse'))).toMatchObject({ state: 'passphrase' });
    await vault.put(binding, new Secret('hunter2'));

    const restarted = folder.open(noKeychain);

    expect(await restarted.state()).toMatchObject({ state: 'locked' });
    await expect(restarted.take(binding)).rejects.toMatchObject({ code: 'keychain-locked' });
    await expect(restarted.unlock(new Secret('battery staple'))).rejects.toMatchObject({ code: 'vault-passphrase-wrong' });
    await restarted.unlock(new Secret('correct horse'));
    expect((await restarted.take(binding)).reveal()).toBe('hunter2');
  });

  it('loses nothing when a passphrase is set while the keychain is only locked', async () => {
    const keychain = createKeychain();
    const folder = createFolder();
    await folder.open(keychain).put(binding, new Secret('hunter2'));
    const locked = folder.open(noKeychain);
    await locked.unlock(new Secret('correct horse'));

    await expect(locked.take(binding)).rejects.toMatchObject({ code: 'keychain-unavailable' });

    const answering = folder.open(keychain);
    await answering.unlock(new Secret('correct horse'));
    expect((await answering.take(binding)).reveal()).toBe('hunter2');
    await locked.put(binding, new Secret('again'));
    expect((await locked.take(binding)).reveal()).toBe('again');
  });

  it('seals many secrets for others, each for one use', async () => {
    const keychain = createKeychain();
    const folder = createFolder();
    const sealed = (await folder.open(keychain).sealer()).seal('oath token 1', new Secret('hunter2'));

    const reopened = await folder.open(keychain).sealer();

    expect(Buffer.from(sealed).includes('hunter2')).toBe(false);
    expect(reopened.open('oath token 1', sealed).reveal()).toBe('hunter2');
    expect(() => reopened.open('oath token 2', sealed)).toThrow(expect.objectContaining({ code: 'secret-bound-elsewhere' }));
    await expect(folder.open(noKeychain).sealer()).rejects.toMatchObject({ code: 'keychain-unavailable' });
  });

  it('has no use for a passphrase while the keychain answers', async () => {
    await expect(createFolder().open(createKeychain()).unlock(new Secret('x'))).rejects.toMatchObject({ code: 'conflict' });
  });
});
