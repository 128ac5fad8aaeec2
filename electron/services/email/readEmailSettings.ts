import { defaultEmailSettings, emailSettings, type EmailSettings } from '../../../shared/contract/email.contract.ts';
import { AppError } from '../../../shared/contract/errors.ts';

/** What was saved, checked: the file may come from another version or another hand. Throws `store-damaged`. */
export function readEmailSettings(saved: unknown): EmailSettings {
  if (saved === undefined) return defaultEmailSettings;
  const parsed = emailSettings.safeParse(saved);
  if (parsed.success) return parsed.data;
  throw new AppError('store-damaged', 'The saved email settings cannot be read. Save them again.', { cause: parsed.error });
}
