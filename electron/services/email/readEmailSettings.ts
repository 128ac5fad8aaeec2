import { z } from 'zod';
import {
  defaultEmailSettings,
  emailSettings,
  savedBy,
  type EmailSettings,
  type SavedEmail,
} from '../../../shared/contract/email.contract.ts';
import { AppError } from '../../../shared/contract/errors.ts';

/** Before anybody saves, and of what an earlier version saved. */
const byNobody = { revision: 0, savedAt: null, savedBy: '' } as const;
const mark = z.object(savedBy);

/** What was saved, checked: the file may come from another version or another hand. Throws `store-damaged`. */
export function readEmailSettings(saved: unknown): EmailSettings {
  if (saved === undefined) return defaultEmailSettings;
  const parsed = emailSettings.safeParse(saved);
  if (parsed.success) return parsed.data;
  throw new AppError('store-damaged', 'The saved email settings cannot be read. Save them again.', { cause: parsed.error });
}

/** The same with who saved it, and when. Throws `store-damaged`. */
export function readSavedEmail(saved: unknown): SavedEmail {
  return { settings: readEmailSettings(saved), ...(mark.safeParse(saved).data ?? byNobody) };
}

/** As it is written: earlier versions know no mark, and pass it over. */
export function writtenEmail({ settings, ...by }: SavedEmail): unknown {
  return { ...settings, ...by };
}
