import { z } from 'zod';
import { jobRef, readSummary, window } from './common.ts';
import { command, query } from './define.ts';
import { importScope, phoneTypes } from './directory.contract.ts';
import { cellErrors, cellWarnings, csvDelimiters, csvEncodings, fileImportRequest, type FileImportRequest } from './fileImport.ts';
import { mailCounts, sendEmail } from './sendEmail.ts';
import { methods, modes } from './users.contract.ts';

/** Which users an import enables (reference §2.9). Accounts that the directory disables are never enabled by an import. */
export const enableRules = ['none', 'new', 'new-with-phone', 'all'] as const;

export const importRequest = z.object({
  scope: importScope,
  /** ANDed with the configured user filter. */
  filter: z.string().max(4096).default(''),
  addNew: z.boolean().default(true),
  updateExisting: z.boolean().default(false),
  phone: z.enum(phoneTypes).nullable().default(null),
  backupPhone: z.enum(phoneTypes).nullable().default(null),
  enable: z.enum(enableRules).default('new-with-phone'),
  method: z.enum(methods).default('call'),
  mode: z.enum(modes).default('standard'),
  /** Short codes such as `en`; empty: the directory's attribute, else the default of the server. */
  languages: z
    .object({ call: z.string().max(16), text: z.string().max(16), app: z.string().max(16), oath: z.string().max(16) })
    .default({ call: '', text: '', app: '', oath: '' }),
  /** Whom the import mails; absent: nobody. */
  sendEmail: sendEmail.optional(),
});
export type ImportRequest = z.infer<typeof importRequest>;

/** What an import is asked for: people of a directory, or rows of a file. */
export const anyImportRequest = z.union([importRequest, fileImportRequest]);
export type AnyImportRequest = z.infer<typeof anyImportRequest>;

export function isFileImport(request: AnyImportRequest): request is FileImportRequest {
  return 'uploadId' in request;
}

/** `error`: a row of a file that is not imported, because something in it is not valid. */
export const importOutcomes = ['add', 'update', 'unchanged', 'skipped', 'error'] as const;
export type ImportOutcome = (typeof importOutcomes)[number];

/** Why a person is not imported. */
export const skipReasons = [
  'no-username',
  'several-usernames',
  'bad-username',
  'no-directory-id',
  'username-taken',
  'username-twice-in-read',
  'directory-id-twice-in-read',
  'not-new',
  'not-existing',
  'entry-too-large',
  'deleted-object',
  'not-a-user',
  'member-not-readable',
  'member-elsewhere',
  // rows of a file
  'row-not-valid',
  'user-twice-in-read',
  'other-directory-id',
  'token-not-known',
  'token-assigned',
  'token-twice-in-read',
] as const;
export type SkipReason = (typeof skipReasons)[number];

/** What was odd about a person who is imported all the same. */
export const importWarnings = [
  'phone-not-valid',
  'backup-phone-not-valid',
  'several-values',
  'choose-number',
  'text-not-utf8',
  'text-too-long',
] as const;
export const rowNotes = [...new Set([...importWarnings, ...cellErrors, ...cellWarnings])] as const;

export const importRow = z.object({
  seq: z.number().int(),
  outcome: z.enum(importOutcomes),
  username: z.string(),
  name: z.string(),
  dn: z.string(),
  /** Of a file: where the row begins, from 1. */
  line: z.number().int().optional(),
  reason: z.enum(skipReasons).optional(),
  /** For `username-taken`: who has it. For what comes twice in a file: the line that came first. */
  takenBy: z.string().optional(),
  changes: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
  /** With outcome `error` these are the errors. `column` is the heading of a file's column. */
  warnings: z.array(z.object({ warning: z.enum(rowNotes), field: z.string(), value: z.string(), column: z.string().optional() })),
});
export type ImportRow = z.infer<typeof importRow>;

export const importSummary = z.object({
  jobId: z.string(),
  /** `preview` computed only; `applied` is said only after the commit. */
  state: z.enum(['running', 'preview', 'applied', 'failed']),
  request: anyImportRequest,
  /** What an import of a file read. */
  file: z
    .object({ name: z.string(), bytes: z.number().int(), encoding: z.enum(csvEncodings), delimiter: z.enum(csvDelimiters) })
    .optional(),
  /** Tags that an import of a file makes; the first of them. */
  newTags: z.array(z.string()).optional(),
  counts: z.object({
    add: z.number().int(),
    update: z.number().int(),
    unchanged: z.number().int(),
    skipped: z.number().int(),
    warnings: z.number().int(),
    /** Absent where there cannot be any: people of a directory. */
    error: z.number().int().optional(),
  }),
  /** The mails that the import makes; absent where it mails nobody. */
  mails: mailCounts.optional(),
  read: readSummary,
  startedAt: z.number(),
  milliseconds: z.number(),
});
export type ImportSummary = z.infer<typeof importSummary>;

export const importsContract = {
  /** Reads the directory or the file and computes what an import would change. Writes no user. A job. */
  preview: command('manage', anyImportRequest, jobRef),
  /**
   * Imports: all in one transaction, or nothing; then the mails are made, also when the job is cancelled then. With `previewId` it applies
   * what that preview read. `mail-not-ready` before anything is read. A job.
   */
  start: command('manage', z.union([z.object({ request: anyImportRequest }), z.object({ previewId: z.string().max(64) })]), jobRef),
  summary: query('read', jobRef, importSummary),
  /** One window of the rows of a preview or a finished import. */
  rows: query(
    'read',
    jobRef.extend({ outcome: z.enum(importOutcomes).optional(), onlyWarnings: z.boolean().default(false), ...window }),
    z.object({ rows: z.array(importRow), total: z.number().int() }),
  ),
  /** The same rows as CSV (RFC 4180, formula cells neutralised), a part at a time: `next` is the `after` of the next call, null at the end. */
  csv: query(
    'read',
    jobRef.extend({ after: z.number().int().default(0) }),
    z.object({ text: z.string(), next: z.number().int().nullable() }),
  ),
  /** Forgets a preview. */
  discard: command('manage', jobRef, z.null()),
};
