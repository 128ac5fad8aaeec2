import { contentOf, mailFormats, type MailFormat, type TemplateContent } from './templateContent.ts';

/** What a template's file says: attachments lie beside it, and the file has their names only. */
export interface TemplateFile {
  readonly content: Omit<TemplateContent, 'attachments'>;
  readonly attachmentNames: readonly string[];
}

const heads = ['Subject', 'Format', 'From', 'Cc', 'Bcc', 'Attachment'] as const;
type Head = (typeof heads)[number];

/**
 * Reads a template's file: lines of `Subject: …` and, where they differ from the default, `Format: text`, `From:`, `Cc:`, `Bcc:` and an
 * `Attachment:` for each file; an empty line; the body. Throws Error with a sentence for anything else.
 */
export function parseTemplateFile(file: string): TemplateFile {
  const text = file.replaceAll('\r\n', '\n').replace(/^\uFEFF/, '');
  const end = text.indexOf('\n\n');
  const body = end === -1 ? '' : text.slice(end + 2).trimEnd();
  const lines = text.slice(0, Math.max(0, end)).split('\n');
  if (body === '' || !lines.some((line) => line.startsWith('Subject: ')))
    throw new Error('A template begins with "Subject: ", then an empty line and the body.');

  const values: Partial<Record<Head, string>> = {};
  const attachmentNames: string[] = [];
  for (const line of lines) {
    const found = /^(?<head>[A-Za-z]+): *(?<value>.*)$/.exec(line);
    const head = heads.find((known) => known === found?.groups?.['head']);
    const value = found?.groups?.['value']?.trim() ?? '';
    if (!head) throw new Error(`"${line.slice(0, 60)}" is none of the lines that stand before the body: ${heads.join(', ')}.`);
    if (head === 'Attachment') attachmentNames.push(value);
    else if (values[head] !== undefined) throw new Error(`${head} is there twice.`);
    else values[head] = value;
  }
  const { Subject: subject = '', From: from = '', Cc: cc = '', Bcc: bcc = '' } = values;
  const { attachments: _none, ...content } = { ...contentOf({ subject, body }), format: formatFrom(values.Format), from, cc, bcc };
  return { content, attachmentNames };
}

function formatFrom(value: string | undefined): MailFormat {
  if (value === undefined) return 'html';
  const format = mailFormats.find((known) => known === value.toLowerCase());
  if (!format) throw new Error(`Format is one of: ${mailFormats.join(', ')}.`);
  return format;
}

/** The file of a template; `parseTemplateFile` reads it back. */
export function formatTemplateFile(content: TemplateContent): string {
  const optional: readonly (readonly [Head, string])[] = [
    ['Format', content.format === 'html' ? '' : content.format],
    ['From', content.from],
    ['Cc', content.cc],
    ['Bcc', content.bcc],
    ...content.attachments.map(({ name }) => ['Attachment', name] as const),
  ];
  const lines = optional.filter(([, value]) => value !== '').map(([head, value]) => `${head}: ${value}`);
  return [`Subject: ${content.subject}`, ...lines, '', content.body.trimEnd(), ''].join('\n');
}
