import { z } from 'zod';
import { sendEmail } from './sendEmail.ts';

/** What a column of a file may hold; also the columns that an export offers, together with `exportOnlyFields`. */
export const csvFields = [
  'username',
  'directoryId',
  'firstName',
  'lastName',
  'email',
  'userGroup',
  'description',
  'country',
  'phone',
  'extension',
  'backupCountry',
  'backupPhone',
  'backupExtension',
  'method',
  'mode',
  'enabled',
  'mustChangePin',
  'globalServices',
  'administrator',
  'whenDisabled',
  'canChangePhone',
  'keepPhoneSynced',
  'language',
  'languageCall',
  'languageText',
  'languageApp',
  'languageOath',
  'pinCanChange',
  'pinMinLength',
  'pinPreventWeak',
  'pinExpirationDays',
  'pinHistory',
  'tags',
  'oathSerial',
  'pin',
] as const;
export type CsvField = (typeof csvFields)[number];

/** What an export can say about a user but an import does not set: a column with such a name is passed over. */
export const exportOnlyFields = [
  'complete',
  'missing',
  'hasPin',
  'pinSetAt',
  'phoneValid',
  'backupPhoneValid',
  'origin',
  'dn',
  'sid',
  'accountDisabled',
  'createdAt',
  'updatedAt',
  'importedAt',
] as const;
export type ExportOnlyField = (typeof exportOnlyFields)[number];

export const csvEncodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type CsvEncoding = (typeof csvEncodings)[number];

export const csvDelimiters = [',', ';', '\t', '|'] as const;
export type CsvDelimiter = (typeof csvDelimiters)[number];

/** One column of a file: its heading (or "Column 3"), and what it is taken for. Null: nothing. */
export const csvColumn = z.object({ header: z.string().max(512), field: z.enum(csvFields).nullable() });
export type CsvColumn = z.infer<typeof csvColumn>;

/** Which new users an import of a file enables, where the file does not say it itself. */
export const fileEnableRules = ['none', 'new', 'new-with-phone'] as const;

/** An import of users from a file that was uploaded (`csv.beginUpload`). */
export const fileImportRequest = z.object({
  uploadId: z.string().max(64),
  encoding: z.enum(csvEncodings),
  delimiter: z.enum(csvDelimiters),
  /** The first row names the columns. */
  hasHeader: z.boolean().default(true),
  /** All columns of the file, in its order. `username` or `directoryId` must be among them, and no field twice. */
  columns: z.array(csvColumn).min(1).max(1000),
  addNew: z.boolean().default(true),
  updateExisting: z.boolean().default(false),
  /** What an empty cell means for users of the list: leave the value, or take it away. A PIN is never taken away. */
  emptyCells: z.enum(['keep', 'clear']).default('keep'),
  enable: z.enum(fileEnableRules).default('new'),
  /** Whom the import mails; absent: nobody. */
  sendEmail: sendEmail.optional(),
});
export type FileImportRequest = z.infer<typeof fileImportRequest>;

/** Why a row of a file is not imported, beyond what directories have in common with files (imports.contract.ts). */
export const cellErrors = [
  'cells-missing',
  'cells-too-many',
  'quote-misplaced',
  'text-control-characters',
  'text-too-long',
  'text-not-utf8',
  'email-not-valid',
  'phone-not-valid',
  'backup-phone-not-valid',
  'extension-not-valid',
  'country-not-known',
  'method-not-known',
  'mode-not-known',
  'mode-of-other-method',
  'mode-without-method',
  'flag-not-known',
  'rule-not-known',
  'number-out-of-range',
  'language-not-known',
  'list-not-readable',
] as const;
export type CellError = (typeof cellErrors)[number];

/** What was odd about a cell of a row that is imported all the same. */
export const cellWarnings = ['looks-like-formula'] as const;
export type CellWarning = (typeof cellWarnings)[number];

/** Something about one cell. `column` is its heading; empty where it is about the whole row. */
export interface CellNote {
  readonly warning: CellError | CellWarning;
  readonly field: string;
  readonly value: string;
  readonly column: string;
}
