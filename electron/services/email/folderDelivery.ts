import type { EmailSettings } from '../../../shared/contract/email.contract.ts';
import { parseMailboxes, type Mailbox } from '../../../shared/email/mailbox.ts';

/** Whether mails are written into the pickup folder. In `hold`, what is released goes to the relay if there is one. */
export function goesToFolder({ mode, relay, pickupFolder }: EmailSettings): boolean {
  return mode === 'pickup' || (mode === 'hold' && relay.host === '' && pickupFolder !== '');
}

/** The blind copies that stand in the mail itself: who takes mails out of a folder knows of no envelope, reads the header, and takes it away. */
export function bccInHeader(settings: EmailSettings, bcc: string): Mailbox[] {
  return goesToFolder(settings) ? parseMailboxes(bcc) : [];
}
