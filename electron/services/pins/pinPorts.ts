import type { CompanySettings } from '../../../shared/contract/companySettings.ts';
import type { Secret } from '../../../shared/lib/secret.ts';
import type { OwnPinRules } from '../../../shared/pins/pinRules.ts';
import type { PhoneParser } from '../../../shared/phones/phoneParser.ts';

/** What a PIN of a user is held against. */
export interface PinSubject {
  /** Null for a user who is not there yet. */
  readonly id: number | null;
  readonly phone: string;
  readonly backupPhone: string;
  readonly pinRules: OwnPinRules;
}

/** A PIN that may be written: checked and hashed, which takes too long to be done inside a transaction. */
export interface PreparedPin {
  /** Salted scrypt with its parameters. */
  readonly record: string;
  /** The PIN itself, sealed, where it has to be mailed; such a PIN must be changed by its user. */
  readonly initial: Uint8Array | null;
  /** The user's record when this was checked against it; null when he had none. Where it is another by now, this is not written. */
  readonly basedOn: string | null;
  /** How many PINs, this one among them, must not be used again. */
  readonly history: number;
}

export interface PinAssignment {
  readonly userId: number;
  readonly pin: PreparedPin;
}

/** What is kept of a user's PINs. */
export interface PinRecords {
  readonly current: string | null;
  /** Newest first. */
  readonly earlier: readonly string[];
}

export interface PinStore {
  records(userId: number): PinRecords;
  /** Those of these users who exist. */
  subjects(userIds: readonly number[]): (PinSubject & { readonly id: number })[];
  /** Who came with this import, has a mode that asks for a PIN, and none yet; smallest id first. */
  newWithoutPin(importJobId: string): number[];
  /** In one transaction. Answers the users whose PIN was written; another's was changed meanwhile, or he is gone. */
  write(pins: readonly PinAssignment[], now: number, signal?: AbortSignal): Promise<number[]>;
  /** The sealed initial PIN, with the record that it is bound to; null where none waits. */
  initial(userId: number): { readonly record: string; readonly sealed: Uint8Array } | null;
  /** Forgets sealed initial PINs in one transaction, but for those of users whose PIN was set anew meanwhile. */
  eraseInitial(told: readonly { readonly userId: number; readonly record: string }[]): Promise<void>;
}

/** A part of services/hashes. */
export interface PinHashes {
  hash(purpose: 'pin', secret: Secret, lane: 'now' | 'later', signal?: AbortSignal): Promise<string>;
  matches(purpose: 'pin', secret: Secret, record: string, lane: 'now' | 'later'): Promise<boolean>;
}

/** A part of services/vault. */
export interface PinSealer {
  seal(context: string, secret: Secret): Uint8Array;
  open(context: string, sealed: Uint8Array): Secret;
}

export interface PinPorts {
  readonly store: PinStore;
  readonly hashes: PinHashes;
  sealer(): Promise<PinSealer>;
  company(): Pick<CompanySettings, 'pinRules' | 'defaultCountry'>;
  /** See shared/phones/dialledDigits.ts. */
  dialledDigits(phone: string): string[];
  createPhoneParser(country: string): PhoneParser;
  /** 0 to 9, from the platform's generator for keys. */
  randomDigit(): number;
  now(): number;
}
