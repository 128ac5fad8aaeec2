import { AppError, isAppError } from '../../shared/contract/errors.ts';

/** What the page shows for anything that was thrown: an expected failure as it is, everything else as `internal`. */
export function asAppError(error: unknown): AppError {
  if (isAppError(error)) return error;
  return new AppError('internal', error instanceof Error ? error.message : 'Unknown error.', { cause: error });
}
