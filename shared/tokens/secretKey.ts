/** How the secret key of a token is written. Base32 is RFC 4648 §6. */
export const secretEncodings = ['base32', 'hex'] as const;
export type SecretEncoding = (typeof secretEncodings)[number];

/** Why a secret key cannot be read. Never holds more of the key than the one character that does not belong there. */
export type SecretKeyProblem =
  | { readonly kind: 'empty' }
  /** `position` counts from 1 in the text as it was given. */
  | { readonly kind: 'bad-character'; readonly character: string; readonly position: number; readonly meant?: string }
  /** No number of bytes is written with so many characters: one is missing or one too many. */
  | { readonly kind: 'bad-length'; readonly characters: number }
  /** RFC 4226 §4 (R6) asks for 128 bits; tokens of 80 bits are in use. */
  | { readonly kind: 'too-short' | 'too-long'; readonly bytes: number };

export type SecretKeyReading = { readonly bytes: Uint8Array } | { readonly problem: SecretKeyProblem };

export const secretKeyBytes = { min: 10, max: 128 } as const;

const base32Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** What people type for a character that Base32 leaves out because it looks like another. */
const lookAlikes: Readonly<Record<string, string>> = { '0': 'O', '1': 'I', '8': 'B', '9': 'G' };
/** Keys are printed in groups. Trailing `=` is padding. */
const isSeparator = (character: string) => /[\s\u00a0-]/.test(character);

/** Reads a secret key. Letter case, blanks, hyphens and padding do not matter. */
export function readSecretKey(text: string, encoding: SecretEncoding): SecretKeyReading {
  const body = encoding === 'base32' ? text.replace(/[\s=]+$/, '') : text.replace(/^(\s*)0x/i, '$1  ');
  const alphabet = encoding === 'base32' ? base32Alphabet : '0123456789ABCDEF';
  const bitsEach = encoding === 'base32' ? 5 : 4;
  const bytes: number[] = [];
  let characters = 0;
  let bits = 0;
  let value = 0;
  let position = 0;
  for (const character of body) {
    position += 1;
    if (isSeparator(character)) continue;
    const digit = alphabet.indexOf(character.toUpperCase());
    if (digit < 0 || character.length !== 1) {
      const meant = encoding === 'base32' ? lookAlikes[character] : undefined;
      return { problem: { kind: 'bad-character', character, position, ...(meant && { meant }) } };
    }
    characters += 1;
    value = ((value << bitsEach) | digit) & 0xfff;
    bits += bitsEach;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((value >> bits) & 0xff);
    }
  }
  if (characters === 0) return { problem: { kind: 'empty' } };
  // What is left over pads the last byte; a whole character more cannot be.
  if (bits >= bitsEach) return { problem: { kind: 'bad-length', characters } };
  if (bytes.length < secretKeyBytes.min) return { problem: { kind: 'too-short', bytes: bytes.length } };
  if (bytes.length > secretKeyBytes.max) return { problem: { kind: 'too-long', bytes: bytes.length } };
  return { bytes: Uint8Array.from(bytes) };
}

/** A sentence that says what is wrong with a secret key. */
export function secretKeyProblemText(problem: SecretKeyProblem, encoding: SecretEncoding): string {
  switch (problem.kind) {
    case 'empty':
      return 'The secret key is missing.';
    case 'bad-character': {
      const name = encoding === 'base32' ? 'Base32 (A to Z, 2 to 7)' : 'hexadecimal (0 to 9, A to F)';
      const hint = problem.meant ? ` Perhaps the letter ${problem.meant} is meant.` : '';
      return `Character ${problem.position} of the secret key, “${shown(problem.character)}”, is not ${name}.${hint}`;
    }
    case 'bad-length':
      return `The secret key has ${problem.characters} characters. A character is missing or one is too many.`;
    case 'too-short':
      return `The secret key has only ${problem.bytes * 8} bits. It needs at least ${secretKeyBytes.min * 8}.`;
    case 'too-long':
      return `The secret key has ${problem.bytes * 8} bits. At most ${secretKeyBytes.max * 8} are possible.`;
  }
}

function shown(character: string): string {
  return /[\p{C}\p{Z}]/u.test(character) ? `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}` : character;
}
