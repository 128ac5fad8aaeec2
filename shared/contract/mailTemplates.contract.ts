import { z } from 'zod';
import { attachmentMaxBytes, mostAttachments } from '../email/attachmentLimits.ts';
import { mailFormats } from '../email/templateContent.ts';
import { mailVariables } from '../email/variables.ts';
import { languageCode } from '../texts/languageCode.ts';
import { instant, window } from './common.ts';
import { command, event, ownCommand, query } from './define.ts';
import { mailProblem } from './mailProblem.ts';

/** `default`: as it came with the console; `edited`: somebody's own; `added`: own, in a language that did not come with the console. */
export const templateOrigins = ['default', 'edited', 'added'] as const;
export type TemplateOrigin = (typeof templateOrigins)[number];

export const templateActions = ['saved', 'reset', 'restored', 'imported'] as const;
export type TemplateAction = (typeof templateActions)[number];

const templateId = z.string().max(64);
export const templateRef = z.object({ template: templateId, language: languageCode });
export type TemplateRef = z.infer<typeof templateRef>;

export const mailAttachment = z.object({
  name: z.string().max(200),
  bytes: z.number().int().min(0).max(attachmentMaxBytes),
  /** Finds the file in the data folder. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** A file that was uploaded (`csv.beginUpload`, `csv.appendUpload`) and is copied into the data folder when the template is saved. */
export const uploadedAttachment = z.object({ name: z.string().max(200), uploadId: z.string().max(64) });

// What is longer, or wrong in itself, is a problem of the template with a place; these are only the bounds of a request.
const parts = {
  format: z.enum(mailFormats),
  from: z.string().max(2000),
  cc: z.string().max(10_000),
  bcc: z.string().max(10_000),
  subject: z.string().max(2000),
  // The history keeps each; the audit log need not.
  body: z.string().max(200_000).meta({ audited: false }),
};

export const templateContent = z.object({ ...parts, attachments: z.array(mailAttachment).max(mostAttachments) });

/** A template as somebody edits it. */
export const templateDraft = z.object({
  ...parts,
  attachments: z.array(z.union([mailAttachment, uploadedAttachment])).max(mostAttachments),
});
export type TemplateDraft = z.infer<typeof templateDraft>;

const state = {
  /** Goes up with every change; 0 while nobody changed anything. Belongs into `save`, `reset` and `restore`. */
  revision: z.number().int(),
  changedAt: instant.nullable(),
  /** Account; empty while nobody changed anything. */
  changedBy: z.string(),
};

export const templateLanguage = z.object({
  language: z.string(),
  origin: z.enum(templateOrigins),
  ...state,
  errors: z.number().int(),
  warnings: z.number().int(),
});
export type TemplateLanguage = z.infer<typeof templateLanguage>;

export const templateRow = z.object({
  id: z.string(),
  audience: z.enum(['users', 'administrators']),
  /** “Phone Call - PIN - New User”: the tree is made of its parts. */
  title: z.string(),
  /** Languages in which it is written, in alphabetical order. */
  languages: z.array(templateLanguage),
});
export type TemplateRow = z.infer<typeof templateRow>;

export const templateDetail = z.object({
  template: z.string(),
  title: z.string(),
  audience: z.enum(['users', 'administrators']),
  language: z.string(),
  /** Null: it is not written in this language, and `content` is what its readers get instead. */
  origin: z.enum(templateOrigins).nullable(),
  ...state,
  content: templateContent,
  /** Language of `content`. */
  contentLanguage: z.string(),
  /** What came with the console, in this language or else in English, for comparing; what `reset` goes back to. */
  default: z.object({ language: z.string(), content: templateContent }),
  /** Variables that have a meaning in this mail. */
  variables: z.array(z.enum(mailVariables)),
  problems: z.array(mailProblem),
});
export type TemplateDetail = z.infer<typeof templateDetail>;

export const templateVersion = z.object({
  version: z.number().int(),
  at: instant,
  by: z.string(),
  action: z.enum(templateActions),
  /** The version that was restored; null for other actions. */
  restored: z.number().int().nullable(),
});
export type TemplateVersion = z.infer<typeof templateVersion>;

/** What an import does with a file of the archive. */
export const importedFile = z.object({
  file: z.string(),
  template: z.string(),
  language: z.string(),
  change: z.enum(['new', 'changed', 'same', 'refused']),
  /** Whose own text a `changed` one takes the place of; null where that is what came with the console. */
  replaces: z.object({ by: z.string(), at: instant }).nullable(),
  /** Why it is refused, in sentences; empty otherwise. */
  text: z.string(),
});
export type ImportedFile = z.infer<typeof importedFile>;

const uploadRef = z.object({ uploadId: z.string().max(64) });
const exportRef = z.object({ exportId: z.string().max(64) });

const based = templateRef.extend({ base: z.number().int().min(0) });

/** The texts of mails: those that come with the console, and what administrators make of them, with all that they ever were. */
export const mailTemplatesContract = {
  /** All mails, in the order of the tree. */
  list: query('read', z.null(), z.object({ templates: z.array(templateRow) })),
  /** One mail in one language. `not-found` for a mail that does not exist. */
  get: query('read', templateRef, templateDetail),
  /** What is wrong with a draft, with places. Errors are refused by `save`; warnings are not. */
  check: query('read', templateRef.extend({ draft: templateDraft }), z.object({ problems: z.array(mailProblem) })),
  /**
   * Saves a mail in one language; one that did not come with the console is added. Uploads among the attachments are copied into the data
   * folder. Mails that wait already stay as they were made. `changed-meanwhile` when `base` is not the current revision; `invalid-input` with the
   * first problem; `file-too-large`; `attachment-missing`; `not-found` for an upload that is gone.
   */
  save: command('manage', based.extend({ content: templateDraft }), templateDetail),
  /** Goes back to what came with the console; an added language is not written any more. The history keeps what was there. */
  reset: command('manage', based, templateDetail),
  /** All that the mail was in this language, newest first. */
  history: query('read', templateRef.extend(window), z.object({ versions: z.array(templateVersion), total: z.number().int() })),
  /** One version. Content is null where it was what came with the console. */
  version: query(
    'read',
    templateRef.extend({ version: z.number().int() }),
    templateVersion.extend({ content: templateContent.nullable() }),
  ),
  /** Makes an earlier version the current one. Errors as `save`. */
  restore: command('manage', based.extend({ version: z.number().int() }), templateDetail),
  /**
   * Writes all mails as they hold now into a zip: a folder for each language, a text file for each mail (see `parseTemplateFile`), and its attachments
   * in a folder of the same name. It is fetched in parts and goes after an hour. `missing`: attachments that have disappeared.
   */
  exportAll: command(
    'manage',
    z.null(),
    exportRef.extend({ bytes: z.number().int(), templates: z.number().int(), missing: z.array(z.string()) }),
  ),
  /** A part of an export in base64; `next` is null at the end. */
  exportPart: query(
    'manage',
    exportRef.extend({ offset: z.number().int().min(0).default(0) }),
    z.object({ base64: z.string(), next: z.number().int().nullable() }),
  ),
  discardExport: ownCommand('manage', exportRef, z.null()),
  /** What an import of this archive would do. Files that are no templates are left out. `file-not-readable`, `file-too-large`. */
  planImport: query(
    'manage',
    uploadRef,
    z.object({
      files: z.array(importedFile),
      ignored: z.array(z.string()),
      /** Another number after each change of a mail: with it `importAll` takes nothing but what was planned. */
      state: z.number().int(),
    }),
  ),
  /**
   * Takes all mails of the archive that differ from what holds, or none: `invalid-input` when one is refused, with the reasons. Mails that the archive does not
   * have stay. An attachment that is named but not in the archive is kept where the mail has it already. `changed-meanwhile` when a mail was changed
   * since the plan whose `state` is named.
   */
  importAll: command(
    'manage',
    uploadRef.extend({ state: z.number().int().optional() }),
    z.object({ files: z.array(importedFile), imported: z.number().int() }),
  ),
  /** A mail was changed in this host. */
  changed: event('read', z.object({})),
};
