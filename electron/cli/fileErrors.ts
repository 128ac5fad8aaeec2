import { AppError, type ErrorCode } from '../../shared/contract/errors.ts';

/** What the system says about a file that was named on the command line. On Windows EPERM is also what it says of a file in use. */
const sentences: Readonly<Record<string, readonly [ErrorCode, (path: string) => string]>> = {
  ENOENT: ['not-found', (path) => `There is no ${path}, or no folder that it could be in.`],
  ENOTDIR: ['not-found', (path) => `A part of ${path} is a file where a folder is needed.`],
  EISDIR: ['file-not-readable', (path) => `A file is needed; ${path} is a folder.`],
  EACCES: ['file-not-readable', (path) => `This account may not use ${path}.`],
  EPERM: ['file-not-readable', (path) => `This account may not use ${path}.`],
  EBUSY: ['file-not-readable', (path) => `Another program uses ${path}.`],
  ENAMETOOLONG: ['file-not-readable', () => 'The name of the file is too long.'],
  EROFS: ['folder-not-writable', (path) => `The disk of ${path} cannot be written to.`],
  ENOSPC: ['disk-full', () => 'The disk is full.'],
  EDQUOT: ['disk-full', () => 'The disk quota is used up.'],
};

/** A failure of the file system as an error of the console; anything else as it is. */
export function withFileErrors(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof AppError) return error;
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  const known = syscall === undefined ? undefined : sentences[String(code)];
  // Reading says only that it was a folder, not which one.
  return known
    ? new AppError(known[0], known[1](path ?? 'what was given'), { cause: error, ...(path && { details: { file: path } }) })
    : error;
}
