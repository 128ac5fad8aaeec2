/** Bytes of one attachment. */
export const attachmentMaxBytes = 10 * 1024 * 1024;
/** Bytes of all attachments of one mail. On the way they become a third longer, and many relays take 35 MB at most. */
export const attachmentsMaxBytes = 20 * 1024 * 1024;
export const mostAttachments = 20;
