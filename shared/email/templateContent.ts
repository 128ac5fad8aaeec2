/** What the reader reads: one line of subject, and a body in plain text (see `blocksOf`) or in HTML of the author. */
export interface TemplateSource {
  readonly subject: string;
  readonly body: string;
}

/**
 * `html`: a part in our design and one in plain text, which say the same; `text`: plain text only; `own-html`: the body is HTML of the author, and the
 * part in plain text is made from it.
 */
export const mailFormats = ['html', 'text', 'own-html'] as const;
export type MailFormat = (typeof mailFormats)[number];

/** What a mail is made of: without a format it is one of both parts. */
export type RenderedFrom = TemplateSource & { readonly format?: MailFormat };

/** A file that goes with each mail. Its content lies in the data folder under its SHA-256. */
export interface MailAttachment {
  readonly name: string;
  readonly bytes: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

/** All of a template in one language. */
export interface TemplateContent extends TemplateSource {
  readonly format: MailFormat;
  /** `Name <address>`; empty for the one of the settings. */
  readonly from: string;
  /** Mailboxes, separated by commas or semicolons. Each mail goes to these too. */
  readonly cc: string;
  readonly bcc: string;
  readonly attachments: readonly MailAttachment[];
}

/** A template with nothing but what the reader reads. */
export function contentOf(source: TemplateSource): TemplateContent {
  return { format: 'html', from: '', cc: '', bcc: '', ...source, attachments: [] };
}
