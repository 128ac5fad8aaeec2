import { isAppError } from '../../../shared/contract/errors.ts';
import { parseFilter } from '../../../shared/directory/filterSyntax.ts';

export interface FilterProblem {
  /** Where it goes wrong: index into the text, from 0. Null where that is not known. */
  readonly position: number | null;
}

/**
 * The first place where a text is not a search filter (RFC 4515), as the server will see it; null where it is one, or where it is empty.
 * The directory decides whether the attributes exist.
 */
export function filterProblem(text: string): FilterProblem | null {
  if (text.trim() === '') return null;
  try {
    parseFilter(text);
    return null;
  } catch (error) {
    if (!isAppError(error, 'filter-malformed')) throw error;
    const position = error.details?.['position'];
    return { position: typeof position === 'number' ? position : null };
  }
}
