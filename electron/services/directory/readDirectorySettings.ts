import { directorySettings, type DirectorySettings } from '../../../shared/contract/directory.contract.ts';
import { AppError } from '../../../shared/contract/errors.ts';

/** What was saved, checked: the file may come from another version or another hand. Null where nothing was; throws `store-damaged`. */
export function readDirectorySettings(saved: unknown): DirectorySettings | null {
  if (saved === undefined) return null;
  const parsed = directorySettings.safeParse(saved);
  if (parsed.success) return parsed.data;
  throw new AppError(
    'store-damaged',
    'The saved directory settings cannot be read. Restore a backup from before, in Tools > Backups or by mfactl restore.',
    { cause: parsed.error },
  );
}
