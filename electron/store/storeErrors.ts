import { AppError } from '../../shared/contract/errors.ts';

/** SQLite's primary result codes (https://sqlite.org/rescode.html); extended codes carry them in the lowest byte. */
const sqliteCodes: Readonly<Record<number, () => AppError>> = {
  5: () => new AppError('store-busy', 'Another process is writing to the store.'),
  8: () => new AppError('folder-not-writable', 'The data folder cannot be written to.'),
  10: () => new AppError('store-damaged', 'The disk reported an error while the store was read or written.'),
  11: () => new AppError('store-damaged', 'The store is damaged.'),
  13: () => new AppError('disk-full', 'The disk of the data folder is full.'),
  14: () => new AppError('folder-not-writable', 'The store cannot be opened in the data folder.'),
  26: () => new AppError('store-damaged', 'The file of the store is not a store of this console.'),
};

const fileCodes: Readonly<Record<string, (path: string) => AppError>> = {
  ENOSPC: () => new AppError('disk-full', 'The disk of the data folder is full.'),
  EDQUOT: () => new AppError('disk-full', 'The disk quota of the data folder is used up.'),
  EACCES: () => new AppError('folder-not-writable', 'The data folder cannot be written to.'),
  // Windows, where a program that has a file open keeps others from moving or removing it.
  EBUSY: (file) => new AppError('store-busy', 'Another program uses a file of the store.', { details: { file } }),
  EPERM: () => new AppError('folder-not-writable', 'The data folder cannot be written to.'),
  EROFS: () => new AppError('folder-not-writable', 'The data folder lies on a read-only disk.'),
  ENOTDIR: () => new AppError('folder-not-writable', 'The path of the data folder contains a file.'),
};

/** What SQLite or the file system said, as an error of the console; undefined for anything else. */
export function toStoreError(error: unknown): AppError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, errcode, path = '' } = error as { code?: unknown; errcode?: unknown; path?: string };
  const known = code === 'ERR_SQLITE_ERROR' && typeof errcode === 'number' ? sqliteCodes[errcode & 0xff] : fileCodes[String(code)];
  const translated = known?.(path);
  if (!translated) return undefined;
  const { code: as, message, details } = translated;
  return new AppError(as, message, { cause: error, ...(details && { details }) });
}
