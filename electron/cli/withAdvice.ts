import { AppError, isAppError } from '../../shared/contract/errors.ts';
import { activationText } from './activationText.ts';

/** The same error with other words. */
export function retold(error: AppError, message: string): AppError {
  return new AppError(error.code, message, { details: error.details, ...(error.ref !== undefined && { ref: error.ref }) });
}

/** Says what to do about an activation that failed, too. To be given to `catch`. */
export function withAdvice(error: unknown): never {
  throw isAppError(error) ? retold(error, activationText.advised(error.code, error.message)) : error;
}
