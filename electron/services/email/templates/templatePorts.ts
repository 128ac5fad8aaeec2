import type { TemplateAction, TemplateRef } from '../../../../shared/contract/mailTemplates.contract.ts';
import type { MailAttachment, TemplateContent } from '../../../../shared/email/templateContent.ts';

/** What a template was in one language from some moment on. */
export interface StoredVersion extends TemplateRef {
  readonly version: number;
  readonly at: number;
  readonly by: string;
  readonly action: TemplateAction;
  /** The version that was restored. */
  readonly restored: number | null;
  /** Null: what came with the console. */
  readonly content: TemplateContent | null;
}

export interface NewVersion extends TemplateRef, Pick<StoredVersion, 'action' | 'restored' | 'content'> {
  /** The version that must be the last one, 0 for none. */
  readonly base: number;
}

/** Edited templates on disk. */
export interface TemplateStore {
  /** Another number after each change, whichever process made it. */
  state(): number;
  /** The last version of each template and language that was ever changed. */
  latest(): StoredVersion[];
  /** Newest first. */
  history(ref: TemplateRef, window: { offset: number; limit: number }): { versions: Omit<StoredVersion, 'content'>[]; total: number };
  version(ref: TemplateRef, version: number): StoredVersion | null;
  /** Appends all or none. Rejects with `changed-meanwhile` when a base is not the last version, and with what the store throws. */
  append(versions: readonly NewVersion[], by: string, at: number): Promise<void>;
}

/** Attachments in the data folder, by their content. A file that is there once is never changed. */
export interface AttachmentFiles {
  /** Copies a complete upload. Rejects with `not-found`, `conflict`, and what the disk says; then nothing is left behind. */
  keepUpload(uploadId: string): Promise<Omit<MailAttachment, 'name'>>;
  keepBytes(content: Uint8Array): Promise<Omit<MailAttachment, 'name'>>;
  /** Whether the file lies there in its full length. Looks at the disk. */
  isThere(attachment: MailAttachment): boolean;
  /** Rejects with `attachment-missing` when it is not there or not what it was. */
  read(attachment: MailAttachment): Promise<Uint8Array>;
}

export interface ArchiveFile {
  /** With `/` between its folders. */
  readonly name: string;
  readonly content: Uint8Array;
}

/** Zip files on their way in and out. */
export interface TemplateArchives {
  /** Writes an archive that can be fetched in parts, and forgets it after an hour. */
  write(files: AsyncIterable<ArchiveFile>): Promise<{ readonly exportId: string; readonly bytes: number }>;
  /** Throws AppError `not-found`. */
  part(exportId: string, offset: number): Promise<{ readonly bytes: Uint8Array; readonly next: number | null }>;
  discard(exportId: string): void;
  /** The files of an uploaded archive. Rejects with `file-not-readable`, `file-too-large` and `not-found`. */
  read(uploadId: string): Promise<ArchiveFile[]>;
  sha256(content: Uint8Array): string;
}
