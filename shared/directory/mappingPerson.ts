import type { z } from 'zod';
import type { importRow, SkipReason } from '../contract/imports.contract.ts';

/** A person as an import would store him. Text is clean and within its limits; what is missing is empty. */
export interface Person {
  readonly directoryId: string;
  /** `S-1-5-21-…`; empty where the directory has none. */
  readonly sid: string;
  readonly dn: string;
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly userGroup: string;
  readonly description: string;
  /** E.164, or the directory's own text where `phoneValid` is false. */
  readonly phone: string;
  readonly phoneValid: boolean;
  readonly extension: string;
  readonly backupPhone: string;
  readonly backupPhoneValid: boolean;
  readonly backupExtension: string;
  readonly languageCall: string;
  readonly languageText: string;
  readonly languageApp: string;
  readonly languageOath: string;
  /** The directory lets nobody sign in with this account. */
  readonly accountDisabled: boolean;
}

export type ImportWarning = z.output<typeof importRow>['warnings'][number];

export interface MappedEntry {
  /** Complete when `skip` is null; else as far as it could be read, for the report. */
  readonly person: Person;
  readonly skip: SkipReason | null;
  readonly warnings: readonly ImportWarning[];
}

/** Fields that an import sets on people who are already in the list. The others keep what administrators gave them. */
export type ImportedField = Exclude<keyof Person, 'directoryId' | 'phoneValid' | 'backupPhoneValid' | 'extension' | 'backupExtension'>;
