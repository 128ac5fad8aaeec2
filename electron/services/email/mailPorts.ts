import type { Certificate } from '../../../shared/contract/directory.contract.ts';
import type { EmailSettings, RelayStepName } from '../../../shared/contract/email.contract.ts';
import type { AppError } from '../../../shared/contract/errors.ts';
import type { Secret } from '../../../shared/lib/secret.ts';
import type { Mailbox } from '../../../shared/email/mailbox.ts';

export interface AttachedFile {
  readonly name: string;
  readonly content: Uint8Array;
}

/** Everything that a mail consists of. */
export interface ComposedFrom {
  readonly from: Mailbox;
  /** Null: answers go to `from`. */
  readonly replyTo: Mailbox | null;
  readonly to: Mailbox;
  readonly cc?: readonly Mailbox[];
  /** Written into the mail only for who hands it over by reading its headers (a pickup folder); otherwise these stand in the envelope alone. */
  readonly bcc?: readonly Mailbox[];
  readonly subject: string;
  readonly text: string;
  /** Empty: there is no such part. */
  readonly html: string;
  readonly attachments?: readonly AttachedFile[];
  /** RFC 5646. */
  readonly language: string;
  /** With its angle brackets; the same for each attempt to send the mail. */
  readonly messageId: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly date: number;
}

/** Writes a mail as RFC 5322 wants it: the same bytes for the same parts. Rejects with `invalid-input` when a header would carry a control character. */
export type ComposeMail = (parts: ComposedFrom) => Promise<Uint8Array>;

/** How to reach the relay: what is configured, and the password that goes with it (null: nobody signs in with one). */
export interface RelayTarget {
  readonly relay: EmailSettings['relay'];
  readonly password: Secret | null;
  /** Where OAuth 2.0 is configured. */
  readonly token?: RelayToken;
}

/** The access token with which the relay is signed in to. */
export interface RelayToken {
  /** A token that is valid for some minutes. Rejects with `token-unavailable` and `token-refused`, and with what the vault says. */
  get(): Promise<Secret>;
  /** The relay does not accept it: next time a new one is asked for. */
  reject(): void;
}

/** Asks a token endpoint for an access token of the client itself (RFC 6749 section 4.4). Rejects with `token-unavailable` and `token-refused`. */
export type RequestToken = (
  client: EmailSettings['relay']['oauth'] & { readonly caPem: string },
  secret: Secret,
) => Promise<{ readonly token: Secret; readonly expiresInMs: number }>;

/** One step on the way to a relay that takes mails, for who wants to watch. */
export interface RelayEvent {
  readonly step: RelayStepName;
  readonly state: 'running' | 'passed' | 'failed';
  readonly milliseconds: number;
  readonly error?: AppError;
  readonly addresses?: readonly string[];
  /** Also when it was refused. */
  readonly certificate?: Certificate | undefined;
  /** Trusted by pin, not by its issuer. */
  readonly isPinned?: boolean;
  /** What the relay said. */
  readonly reply?: string;
}

export interface MailEnvelope {
  readonly from: string;
  readonly to: string;
  /** Who gets a copy. That one of them is refused is said in the reply, and does not keep the mail from its reader. */
  readonly copies?: readonly string[];
}

/** How an attempt to hand a mail over ended. Replies are the relay's own words. */
export type Handover =
  /** The relay has taken it and is responsible for it now (RFC 5321 section 6.1). */
  | { readonly kind: 'accepted'; readonly reply: string }
  /** The relay said no. `about`: this mail, or all mails of the moment (421 and the like). */
  | { readonly kind: 'refused'; readonly permanent: boolean; readonly about: 'mail' | 'relay'; readonly reply: string }
  /** Surely not handed over: the connection broke before the end of the mail was sent. */
  | { readonly kind: 'interrupted'; readonly error: AppError }
  /** The whole mail was sent and no answer came: nobody can tell whether the relay has taken it. */
  | { readonly kind: 'unknown'; readonly error: AppError };

/** A mail that is on its way and has not ended. To withdraw it, `destroy` its session: a relay drops what does not end (RFC 5321 section 4.1.1.4). */
export interface OfferedMail {
  /** Ends the mail. Never rejects. After anything but `accepted` or `refused` about the mail the session must be closed. */
  handOver(): Promise<Handover>;
}

/** A connection that is signed in and takes one mail after the other. */
export interface RelaySession {
  /** Begins to send a mail, all but its end: until `handOver` is called the relay does not take it. One at a time. */
  offer(envelope: MailEnvelope, message: Uint8Array): OfferedMail;
  /** Asks whether the relay takes mails from this address, and sends none. Resolves to its reply; rejects with `relay-refused`. */
  checkSender(from: string): Promise<string>;
  close(): Promise<void>;
  /** Breaks off at once; a mail whose end was sent becomes `unknown`. */
  destroy(): void;
}

export interface Relay {
  /**
   * Connects, secures and signs in. The signal covers all of it. Rejects with an AppError: of the network, of the certificate (with the
   * certificate in its details), `not-smtp`, `bad-credentials`, `relay-refused` (details: `reply`, `permanent`).
   */
  open(target: RelayTarget, signal: AbortSignal, observe?: (event: RelayEvent) => void): Promise<RelaySession>;
}
