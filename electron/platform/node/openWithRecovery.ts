import { AppError, isAppError } from '../../../shared/contract/errors.ts';
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
    const { copy, advised } = withAdvice(error, options.dataFolder);
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

/** The error with the newest whole backup named in it, where it is about a damaged store. */
export function withAdvice(error: unknown, dataFolder: string): { readonly copy: GoodCopy | null; readonly advised: unknown } {
  if (!isAppError(error, 'store-damaged')) return { copy: null, advised: error };
  const copy = newestGoodCopy(dataFolder);
  const advice = copy
    ? `The newest whole backup is of ${new Date(copy.createdAt).toISOString()}, with ${copy.users} users. Stop the console, then run: mfactl restore "${copy.file}"`
    : 'No whole backup was found in the folders that backups were written to. If you have one elsewhere, run: mfactl restore FILE';
  const details = { ...error.details, ...(copy && { backup: copy.file }) };
  return { copy, advised: new AppError(error.code, `${error.message} ${advice}`, { cause: error, details }) };
}

function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const details = isAppError(error) ? (error.details ?? {}) : {};
  return [message, ...Object.entries(details).map(([name, value]) => `${name}: ${value}`)].join(' ');
}
