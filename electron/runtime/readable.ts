import { isAppError } from '../../shared/contract/errors.ts';

/**
 * What was saved, or something else where that cannot be read (`store-damaged`), which is told: settings of one part must not keep the others
 * from being looked at.
 */
export function readable<T>(read: () => T, otherwise: T, tell: (problem: string) => void = () => {}): T {
  try {
    return read();
  } catch (error) {
    if (!isAppError(error, 'store-damaged')) throw error;
    tell(error.message);
    return otherwise;
  }
}
