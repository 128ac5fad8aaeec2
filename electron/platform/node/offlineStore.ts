import { hostname, userInfo } from 'node:os';
import manifest from '../../../package.json' with { type: 'json' };
import { AppError } from '../../../shared/contract/errors.ts';
import type { OfflineStore } from '../../cli/verb.ts';
import { openWithPassphrase } from '../../services/vault/envelope.ts';
import { passphraseEntry } from '../../services/vault/vault.ts';
import { checkBackup } from '../../store/backups/checkBackup.ts';
import { newestGoodCopy, type GoodCopy } from '../../store/backups/goodCopy.ts';
import { settleRestore } from '../../store/backups/pendingRestore.ts';
import { restoreBackup } from '../../store/backups/restoreBackup.ts';
import { openDatabase } from '../../store/database.ts';
import { createMadeFiles, sizeOf } from '../../store/madeFiles.ts';
import { storeFiles } from '../../store/storeFiles.ts';

/** Works on a data folder that no console has open; blocks its thread, which has nothing else to do. */
export function openOfflineStore(dataFolder: string): OfflineStore {
  // What this process writes is for this account only, as in openConsole.
  process.umask(0o077);
  return {
    async checkBackup(file, passphrase) {
      const { summary, sealedKey } = checkBackup(file);
      if (!passphrase) return summary;
      if (!sealedKey) throw new AppError('secret-missing', 'This backup has no passphrase: the key of its secrets is not in it.');
      await openWithPassphrase(passphrase, sealedKey);
      return summary;
    },
    restore: async (file) =>
      restoreBackup(
        { dataFolder, file, now: Date.now(), keyBinding: passphraseEntry },
        { account: userInfo().username, host: `command line on ${hostname()}`, version: manifest.version, serverName: hostname() },
      ),
    giveUp(name) {
      settleRestore(dataFolder);
      const files = storeFiles(dataFolder);
      if (sizeOf(files.console.file) === 0 || sizeOf(files[name].file) > 0) {
        throw new AppError('invalid-input', 'This file is not lost: nothing has to be given up.', { details: { file: files[name].file } });
      }
      const console = openDatabase(files.console);
      try {
        createMadeFiles(console).forget(name);
      } finally {
        console.close();
      }
    },
  };
}

export { newestGoodCopy, type GoodCopy };
