import { expect, it } from 'vitest';
import { Secret } from '../../../shared/lib/secret.ts';
import { createKeychain } from './keychain.ts';

const unloadable = () => Promise.reject(new Error('Cannot find native binding.'));

it('is made where its native part cannot be loaded: the console starts all the same', () => {
  expect(createKeychain('win32', unloadable).backend).toBe('Windows Credential Manager');
});

it('says what to install on Windows, where a fresh server lacks the library that the native part needs', async () => {
  const keychain = createKeychain('win32', unloadable);
  await expect(keychain.get('entry')).rejects.toThrow(/Visual C\+\+ Redistributable/);
  await expect(keychain.set('entry', new Secret('key'))).rejects.toThrow(/Visual C\+\+ Redistributable/);
});

it('keeps the reason, and names no library of Windows elsewhere', async () => {
  const failure = await createKeychain('linux', unloadable)
    .get('entry')
    .catch((error: unknown) => error as Error);
  expect(failure).toMatchObject({ message: expect.not.stringMatching(/Visual C/), cause: { message: 'Cannot find native binding.' } });
});

it('loads the native part that is installed here', async () => {
  // Whether a keychain answers is another matter.
  const found = await createKeychain()
    .get('none')
    .catch((error: unknown) => String(error));
  expect(String(found)).not.toContain('cannot be loaded');
});
