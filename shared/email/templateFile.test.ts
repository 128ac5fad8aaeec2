import { describe, expect, it, test } from 'vitest';
import { contentOf } from './templateContent.ts';
import { formatTemplateFile, parseTemplateFile } from './templateFile.ts';

describe("a template's file", () => {
  it('is read back as it was written', () => {
    const content = {
      ...contentOf({ subject: 'Hello: <$name$>', body: '# A\n\nSubject: no head\n\n- b' }),
      format: 'text',
      ...{ from: '"Hilfe, IT" <it@corp.example>', cc: 'a@b.example; c@d.example', bcc: 'e@f.example' },
      attachments: [{ name: 'Guide: no.pdf', bytes: 1, sha256: 'a'.repeat(64) }],
    } as const;

    const { content: read, attachmentNames } = parseTemplateFile(formatTemplateFile(content));

    expect({ ...read, attachments: content.attachments }).toEqual(content);
    expect(attachmentNames).toEqual(['Guide: no.pdf']);
  });

  test.each([
    ['Hello', 'begins with "Subject: "'],
    ['Subject: a\n\n', 'begins with "Subject: "'],
    ['From: a@b.example\n\nBody', 'begins with "Subject: "'],
    ['Subject: a\nSubject: b\n\nBody', 'Subject is there twice'],
    ['Subject: a\nFormat: rtf\n\nBody', 'Format is one of: html, text'],
    ['Subject: a\n continued\n\nBody', '" continued" is none of the lines'],
  ])('%j is refused with a sentence', (file, sentence) => {
    expect(() => parseTemplateFile(file)).toThrow(sentence);
  });
});
