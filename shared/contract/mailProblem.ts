import { z } from 'zod';

export const mailProblemFields = ['from', 'cc', 'bcc', 'subject', 'body', 'attachments', 'settings'] as const;

/** Something that an administrator should put right before mails go out. */
export const mailProblem = z.object({
  /** An id of a template, or `settings`. */
  where: z.string(),
  language: z.string(),
  /** `error`: a template with it is not saved, or no mail goes out; `warning`: the reader gets less than was meant. */
  severity: z.enum(['error', 'warning']),
  field: z.enum(mailProblemFields),
  /** Where in the field, from 1; 0 where it is about no place. */
  line: z.number().int(),
  column: z.number().int(),
  /** The place again, in UTF-16 units from the beginning of the field. */
  at: z.number().int(),
  length: z.number().int(),
  /** A sentence. */
  text: z.string(),
});
export type MailProblem = z.infer<typeof mailProblem>;
