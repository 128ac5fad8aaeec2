import type { Mailbox } from '../../../shared/email/mailbox.ts';

/** Everything that a mail consists of. */
export interface ComposedFrom {
  readonly from: Mailbox;
  /** Null: answers go to `from`. */
  readonly replyTo: Mailbox | null;
  readonly to: Mailbox;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** RFC 5646. */
  readonly language: string;
  /** With its angle brackets; the same for each attempt to send the mail. */
  readonly messageId: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly date: number;
}

/** Writes a mail as RFC 5322 wants it: the same bytes for the same parts. Rejects with `invalid-input` when a header would carry a control character. */
export type ComposeMail = (parts: ComposedFrom) => Promise<Uint8Array>;
