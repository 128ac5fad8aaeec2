import { AppError } from '../../../../shared/contract/errors.ts';
import type { TemplateDraft } from '../../../../shared/contract/mailTemplates.contract.ts';
import { attachmentMaxBytes } from '../../../../shared/email/attachmentLimits.ts';
import type { MailAttachment, TemplateContent } from '../../../../shared/email/templateContent.ts';
import type { AttachmentFiles } from './templatePorts.ts';

export interface DraftPorts {
  readonly files: AttachmentFiles;
  readonly uploads: {
    /** Throws `not-found`. */
    get(uploadId: string): { readonly bytes: number };
    discard(uploadId: string): void;
  };
}

/** Stands for the content of a file that is not in the data folder yet. */
const notKeptYet = '';

/** Whether an attachment is one that is being added. */
export const isNew = ({ sha256 }: Pick<MailAttachment, 'sha256'>): boolean => sha256 === notKeptYet;

/** A draft as content, with the sizes of what is uploaded. Throws `not-found`. */
export function sizedContent({ uploads }: Pick<DraftPorts, 'uploads'>, draft: TemplateDraft): TemplateContent {
  const attachments = draft.attachments.map((attachment): MailAttachment => {
    if ('sha256' in attachment) return attachment;
    return { name: attachment.name, bytes: uploads.get(attachment.uploadId).bytes, sha256: notKeptYet };
  });
  return { ...draft, attachments };
}

/** Throws `file-too-large` for the first attachment that no mail server would take. */
export function requireSize({ attachments }: TemplateContent): void {
  const large = attachments.find(({ bytes }) => bytes > attachmentMaxBytes);
  if (!large) return;
  throw new AppError('file-too-large', tooLargeText(large), {
    details: { name: large.name, bytes: large.bytes, most: attachmentMaxBytes },
  });
}

/** Copies what is uploaded into the data folder, and removes the uploads. Rejects with what the disk says; then the uploads are still there. */
export async function keepAttachments({ files, uploads }: DraftPorts, draft: TemplateDraft): Promise<TemplateContent> {
  const attachments: MailAttachment[] = [];
  for (const attachment of draft.attachments) {
    if ('sha256' in attachment) attachments.push(attachment);
    else attachments.push({ name: attachment.name, ...(await files.keepUpload(attachment.uploadId)) });
  }
  for (const attachment of draft.attachments) if ('uploadId' in attachment) uploads.discard(attachment.uploadId);
  return { ...draft, attachments };
}

function tooLargeText({ name, bytes }: MailAttachment): string {
  const megabytes = (count: number): string => `${Math.ceil(count / 1024 / 1024)} MB`;
  return `"${name}" has ${megabytes(bytes)}. An attachment may have ${megabytes(attachmentMaxBytes)} at most: mail servers refuse what is larger. Put the file on a server and write a link.`;
}
