import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Secret } from '../../../shared/lib/secret.ts';
import { assetsFolder } from './installFolder.ts';
import { startSampleDirectory, type SampleDirectory } from '../ldapServer/index.ts';

/**
 * Starts the sample directory of this process on first use. Its port and password are new with each start: nothing about
 * it is worth keeping, and nobody else on the computer can sign in to it.
 */
export function createSampleStarter() {
  const password = new Secret(randomBytes(18).toString('base64url'));
  let running: Promise<SampleDirectory> | undefined;

  return {
    async start() {
      running ??= readFile(join(assetsFolder, 'sampleDirectory', 'contoso.ldif'), 'utf8').then((ldif) =>
        startSampleDirectory({ servicePassword: password, ldif }),
      );
      const { url, baseDn, serviceDn } = await running;
      return { url, baseDn, bindDn: serviceDn, password };
    },
    async stop() {
      await (await running)?.close();
    },
  };
}
