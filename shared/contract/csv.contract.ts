import { z } from 'zod';
import { jobRef } from './common.ts';
import { command, ownCommand, query } from './define.ts';
import { csvColumn, csvDelimiters, csvEncodings, csvFields, exportOnlyFields, type CsvField, type ExportOnlyField } from './fileImport.ts';
import { userTarget } from './userCommands.ts';

/** Bytes of one part of an upload; base64 makes it a third longer. */
export const uploadPartBytes = 512 * 1024;
/** Larger files are refused (`file-too-large`). */
export const uploadMaxBytes = 1024 * 1024 * 1024;

const uploadRef = z.object({ uploadId: z.string().max(64) });

/** A file may say these, but the console does not keep them as they are written, or does not give them away. */
const importOnlyFields = ['country', 'backupCountry', 'language', 'pin'] as const satisfies readonly CsvField[];
type ImportOnlyField = (typeof importOnlyFields)[number];
export type ExportField = Exclude<CsvField, ImportOnlyField> | ExportOnlyField;

/** Columns that an export can write, in the order in which it does so where nobody chooses. */
export const exportFields: readonly ExportField[] = [
  ...csvFields.filter((field): field is Exclude<CsvField, ImportOnlyField> => !(importOnlyFields as readonly CsvField[]).includes(field)),
  ...exportOnlyFields,
];
export const exportField = z.enum(exportFields);

/** Users in files: a file comes in parts and is imported by `imports`; an export is a job whose file is fetched in parts. */
export const csvContract = {
  /**
   * Announces a file of so many bytes. It lies in the data folder, for this account only, until it was imported, discarded,
   * or an hour has passed without a call about it. `file-too-large`, `conflict` (too many at once), `disk-full`.
   */
  beginUpload: ownCommand('manage', z.object({ name: z.string().min(1).max(260), bytes: z.number().int().min(0) }), uploadRef),
  /** The next part; `offset` is where it belongs, and must be where the last one ended. */
  appendUpload: ownCommand(
    'manage',
    uploadRef.extend({ offset: z.number().int().min(0), base64: z.string().max(Math.ceil(uploadPartBytes / 3) * 4) }),
    z.object({ received: z.number().int() }),
  ),
  discardUpload: ownCommand('manage', uploadRef, z.null()),
  /** What an uploaded file looks like: detected, or as the caller says. Columns come with what they are probably taken for. */
  inspect: query(
    'manage',
    uploadRef.extend({
      encoding: z.enum(csvEncodings).optional(),
      delimiter: z.enum(csvDelimiters).optional(),
      hasHeader: z.boolean().default(true),
    }),
    z.object({
      name: z.string(),
      bytes: z.number().int(),
      encoding: z.enum(csvEncodings),
      delimiter: z.enum(csvDelimiters),
      columns: z.array(csvColumn.extend({ samples: z.array(z.string()), isExportOnly: z.boolean() })),
    }),
  ),
  /** Remembers for this account what columns were taken for, by their headings. */
  rememberColumns: ownCommand('manage', z.object({ columns: z.array(csvColumn).max(1000) }), z.null()),
  /** Writes users into a file that `exportPart` reads; all of one committed state. A job. No secrets. */
  startExport: command(
    'manage',
    z.object({
      target: userTarget,
      columns: z.array(exportField).min(1).max(100),
      /** Excel takes a file without one for Windows-1252. */
      byteOrderMark: z.boolean().default(true),
      delimiter: z.enum(csvDelimiters).default(','),
    }),
    jobRef,
  ),
  /** A part of a finished export, as UTF-8 in base64; `next` is null at the end. */
  exportPart: query(
    'manage',
    jobRef.extend({ offset: z.number().int().min(0).default(0) }),
    z.object({ base64: z.string(), next: z.number().int().nullable(), users: z.number().int() }),
  ),
  discardExport: ownCommand('manage', jobRef, z.null()),
};
