import { blocksOf, missingIn, segmentsOf } from './blocks.ts';
import { htmlOf } from './htmlPart.ts';
import { ownHtmlOf, textOfHtml } from './ownHtml.ts';
import { textOf } from './textPart.ts';
import type { RenderedFrom } from './templateContent.ts';
import type { MailValues, MailVariable } from './variables.ts';

/** What the reader gets, apart from addresses and headers. */
export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  /** Empty where the format is plain text. */
  readonly html: string;
  /** Variables without a value; lines that need one of them were left out. */
  readonly missing: readonly MailVariable[];
}

/**
 * Fills a template in. Both parts say the same; values are escaped in the HTML part and can neither add lines nor markup.
 * `language` (RFC 5646) is what a screen reader speaks. Without a format there are both parts.
 */
export function renderMail(source: RenderedFrom, values: MailValues, language: string): RenderedMail {
  const subject = segmentsOf(source.subject, values)
    .map(({ text }) => text)
    .join('')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const missing = missingIn(`${source.subject}\n${source.body}`, values);
  if (source.format === 'own-html') {
    const html = ownHtmlOf(source.body, values, { title: subject, language });
    return { subject, text: textOfHtml(html), html, missing };
  }
  const blocks = blocksOf(source.body, values);
  const banner = values.company_name ?? '';
  return {
    subject,
    text: textOf(blocks),
    html: source.format === 'text' ? '' : htmlOf(blocks, { title: subject, banner, language }),
    missing,
  };
}
