import { AppError, isAppError, type ErrorCode } from '../../../shared/contract/errors.ts';
import { newestGoodCopy, openOfflineStore, type GoodCopy } from './offlineStore.ts';
import { openConsole, type OpenConsole } from './openConsole.ts';

/** A store that cannot be opened, and the way out of it. */
export interface DamagedStore {
  /** What is wrong, and with which file. */
  readonly sentence: string;
  /** The newest whole backup. */
  readonly copy: GoodCopy;
  /** Why the last try to restore it failed. */
  readonly failure: string | null;
}

/**
 * Opens the console; where its store is damaged and a whole backup is found, asks whether to restore that. What was there is kept.
 * Throws what openConsole throws; `store-damaged` says which copy is the newest, or that there is none.
 */
export async function openWithRecovery(
  options: Parameters<typeof openConsole>[0],
  ask: (damaged: DamagedStore) => Promise<boolean>,
): Promise<OpenConsole> {
  try {
    return await openConsole(options);
  } catch (error) {
    const { copy, advised } = withNextStep(error, options.dataFolder);
    if (!copy) throw advised;
    const sentence = sentenceOf(error);
    for (let failure: string | null = null; ;) {
      if (!(await ask({ sentence, copy, failure }))) throw advised;
      try {
        await openOfflineStore(options.dataFolder).restore(copy.file);
        break;
      } catch (problem) {
        failure = sentenceOf(problem);
      }
    }
    return openConsole(options);
  }
}

/** What to do about what keeps a console from starting. A window says it from its own words (renderer/i18n/errorText.ts); here is none yet. */
const nextSteps: Readonly<Partial<Record<ErrorCode, string>>> = {
  'store-newer':
    'Install that version of the console or a later one. The data was left as it is. To go back to this version, restore a backup that it wrote: mfactl restore FILE',
  'folder-not-writable':
    'Give the account that starts the console the right to write there, or name another folder in the variable MFA_DATA_DIR.',
  'network-folder': 'Name a folder on a local disk in the variable MFA_DATA_DIR.',
  'disk-full': 'Free some space, then start the console again. Nothing that was stored is lost.',
  'store-in-use': 'Start the console when that has ended.',
  'store-busy': 'Start the console again when that other program has ended.',
};

/** The error with what to do about it: the newest whole backup, where it is about a damaged store, or the next step. */
export function withNextStep(error: unknown, dataFolder: string): { readonly copy: GoodCopy | null; readonly advised: unknown } {
  if (!isAppError(error)) return { copy: null, advised: error };
  const { code, message, details: found } = error;
  if (code !== 'store-damaged') {
    const next = nextSteps[code];
    return { copy: null, advised: next ? new AppError(code, `${message} ${next}`, { cause: error, details: found }) : error };
  }
  const copy = newestGoodCopy(dataFolder);
  const advice = copy
    ? `The newest whole backup is of ${new Date(copy.createdAt).toISOString()}, with ${copy.users} users. Stop the console, then run: mfactl restore "${copy.file}"`
    : 'No whole backup was found in the folders that backups were written to. If you have one elsewhere, run: mfactl restore FILE';
  const details = { ...found, ...(copy && { backup: copy.file }) };
  return { copy, advised: new AppError(code, `${message} ${advice}`, { cause: error, details }) };
}

function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const details = isAppError(error) ? (error.details ?? {}) : {};
  return [message, ...Object.entries(details).map(([name, value]) => `${name}: ${value}`)].join(' ');
}
