import { AppError } from '../../../shared/contract/errors.ts';
import type { Job } from '../../../shared/contract/jobs.contract.ts';

/** Why a job failed, as the error that the page knows how to show; null where it did not fail. */
export function jobError({ error }: Pick<Job, 'error'>): AppError | null {
  return error && new AppError(error.code, error.message, { ref: error.ref, details: error.details });
}
