import { z } from 'zod';
import {
  defaultEmailSettings,
  emailSettings,
  savedBy,
  type EmailSettings,
  type SavedEmail,
} from '../../../shared/contract/email.contract.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { parseMailbox } from '../../../shared/email/mailbox.ts';
import { controlCharacter } from '../../../shared/lib/controlCharacter.ts';

/** Before anybody saves, and of what an earlier version saved. */
const byNobody = { revision: 0, savedAt: null, savedBy: '' } as const;
const mark = z.object(savedBy);

const texts = z.object({ from: z.string(), replyTo: z.string(), administrators: z.array(z.string()), pickupFolder: z.string() });
const names = z.object({ relay: z.looseObject({ host: z.string(), user: z.string() }) });

/** Earlier versions took addresses and names that no relay takes. They are as if nobody had set them, so that the others can be read and these set. */
function usable(saved: unknown): unknown {
  const found = z.intersection(texts, names).safeParse(saved).data;
  if (found === undefined) return saved;
  const { from, replyTo, administrators, pickupFolder, relay } = found;
  const line = (text: string): string => (controlCharacter.test(text.trim()) ? '' : text);
  const mailbox = (text: string): string => (parseMailbox(text) === null ? '' : text);
  return {
    ...(saved as object),
    from: mailbox(from),
    replyTo: mailbox(replyTo),
    administrators: administrators.filter((one) => mailbox(one) !== ''),
    pickupFolder: line(pickupFolder),
    relay: { ...relay, host: line(relay.host), user: line(relay.user) },
  };
}

/** What was saved, checked: the file may come from another version or another hand. Throws `store-damaged`. */
export function readEmailSettings(saved: unknown): EmailSettings {
  if (saved === undefined) return defaultEmailSettings;
  const parsed = emailSettings.safeParse(saved);
  if (parsed.success) return parsed.data;
  const repaired = emailSettings.safeParse(usable(saved));
  if (repaired.success) return repaired.data;
  throw new AppError(
    'store-damaged',
    'The saved email settings cannot be read. Restore a backup from before, in Tools > Backups or by mfactl restore.',
    { cause: parsed.error },
  );
}

/** The same with who saved it, and when. Throws `store-damaged`. */
export function readSavedEmail(saved: unknown): SavedEmail {
  return { settings: readEmailSettings(saved), ...(mark.safeParse(saved).data ?? byNobody) };
}

/** As it is written: earlier versions know no mark, and pass it over. */
export function writtenEmail({ settings, ...by }: SavedEmail): unknown {
  return { ...settings, ...by };
}
