/** A template as people write it: one line of subject, and a body in plain text (see `blocksOf`). */
export interface TemplateSource {
  readonly subject: string;
  readonly body: string;
}

/** Reads a template's file: `Subject: …`, an empty line, the body. Throws Error for anything else. */
export function parseTemplateFile(file: string): TemplateSource {
  const found = /^Subject: (?<subject>.+)\n\n(?<body>[^]+)$/.exec(file.replaceAll('\r\n', '\n').replace(/^\uFEFF/, ''));
  if (!found?.groups) throw new Error('A template begins with "Subject: ", then an empty line and the body.');
  return { subject: found.groups['subject']!.trim(), body: found.groups['body']!.trimEnd() };
}
