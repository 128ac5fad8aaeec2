import { parseMailboxes } from './mailbox.ts';
import type { TemplateContent } from './templateContent.ts';

/**
 * How many recipients a mail of this content has, as Exchange counts them for its limit: who it is to, and everybody in Cc and Bcc. An address
 * that is in both is told to the relay once, and counts once.
 */
export function recipientsOf({ cc, bcc }: Pick<TemplateContent, 'cc' | 'bcc'>): number {
  return 1 + new Set([cc, bcc].flatMap(parseMailboxes).map(({ address }) => address)).size;
}
