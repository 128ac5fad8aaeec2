export const problemFields = ['from', 'cc', 'bcc', 'subject', 'body', 'attachments'] as const;
export type ProblemField = (typeof problemFields)[number];

/** What cannot be used. A template with one of these is not saved. */
export const templateErrors = [
  'empty',
  'too-long',
  'control-character',
  'unknown-variable',
  'variable-not-allowed',
  'variable-not-closed',
  'variable-not-opened',
  'variable-in-tag',
  'html-forbidden',
  'foreign-variable',
  'not-an-address',
  'too-many-addresses',
  'attachment-name',
  'attachment-twice',
  'attachment-too-large',
  'attachments-too-large',
  'attachment-missing',
] as const;
/** What is probably not meant so. */
export const templateWarnings = [
  'markup',
  'tag-not-closed',
  'tag-not-opened',
  'html-dropped',
  'image-remote',
  'image-not-readable',
  'image-without-text',
  'link-not-readable',
  'link-cut',
  'attachment-blocked',
] as const;
export type ProblemKind = (typeof templateErrors)[number] | (typeof templateWarnings)[number];

/** A problem and where it is, in UTF-16 units from the beginning of the field. */
export interface Finding {
  readonly kind: ProblemKind;
  readonly at: number;
  readonly length: number;
  /** What it is about, where that does not stand in the field's text. */
  readonly written?: string;
}

/** Why a template cannot, or should not, be used as it is written. Lines and columns begin at 1. */
export interface TemplateProblem extends Finding {
  readonly field: ProblemField;
  /** What is written there. */
  readonly written: string;
  readonly line: number;
  readonly column: number;
}

export function isError({ kind }: Pick<Finding, 'kind'>): boolean {
  return templateErrors.some((error) => error === kind);
}

/** Nobody reads more about one field. */
const mostFindings = 100;

/** Says of each finding where in its field it is. Of very many, the first. */
export function placed(field: ProblemField, text: string, findings: readonly Finding[]): TemplateProblem[] {
  return findings.slice(0, mostFindings).map((finding) => {
    const before = text.slice(0, finding.at).split('\n');
    const written = finding.written ?? text.slice(finding.at, finding.at + finding.length);
    return { ...finding, field, written, line: before.length, column: before.at(-1)!.length + 1 };
  });
}
