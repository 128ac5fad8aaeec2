import type { TokenFacts } from '../../../../shared/contract/tokens.contract.ts';

/** One token of a file, or what is wrong with it. */
export interface FileToken {
  /** CSV: the line in the file. PSKC: which key package it is. From 1. */
  readonly row: number;
  /** As far as it could be read. */
  readonly serial: string;
  readonly facts: TokenFacts;
  /** The secret key; empty where there is a problem. */
  readonly secret: Uint8Array;
  /** HOTP: the counter of the next code. */
  readonly counter: number;
  /** TOTP: by how many steps the clock is said to be ahead. */
  readonly drift: number;
  /** To whom the file gives the token; empty for nobody. */
  readonly username: string;
  /** A sentence; null when the token can be imported. Never holds a secret. */
  readonly problem: string | null;
}

export interface TokenFile {
  readonly format: 'pskc' | 'csv';
  readonly tokens: readonly FileToken[];
}

/** A row that cannot be imported. */
export function brokenToken(row: number, serial: string, problem: string): FileToken {
  const facts = {
    serial,
    manufacturer: '',
    model: '',
    kind: 'totp',
    algorithm: 'SHA1',
    digits: 6,
    interval: 30,
    startsAt: null,
    expiresAt: null,
  } as const;
  return { row, serial, facts, secret: new Uint8Array(), counter: 0, drift: 0, username: '', problem };
}
