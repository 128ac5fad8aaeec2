import type { MailAttachment } from '../../../shared/email/templateContent.ts';
import type { AttachedFile } from './mailPorts.ts';
import type { AttachmentFiles } from './templates/templatePorts.ts';

/** The files of a mail with their content. Rejects with `attachment-missing`. */
export function attached(files: Pick<AttachmentFiles, 'read'>, attachments: readonly MailAttachment[]): Promise<AttachedFile[]> {
  return Promise.all(attachments.map(async (attachment) => ({ name: attachment.name, content: await files.read(attachment) })));
}
