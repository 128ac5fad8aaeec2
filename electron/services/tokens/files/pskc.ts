import { AppError, isAppError } from '../../../../shared/contract/errors.ts';
import type { TokenAlgorithm, TokenFacts, TokenKind } from '../../../../shared/contract/tokens.contract.ts';
import type { Secret } from '../../../../shared/lib/secret.ts';
import { secretKeyBytes } from '../../../../shared/tokens/secretKey.ts';
import { factsProblem, tidyFacts } from '../tokenFacts.ts';
import { readFileDate } from './dates.ts';
import { createPskcOpener, type PskcEncryption, type PskcOpener } from './pskcKeys.ts';
import { childOf, readPskcXml, textOf, type XmlElement } from './pskcXml.ts';
import { brokenToken, type FileToken } from './tokenFile.ts';

/** What keeps one package from being read; the others are. */
class PackageProblem extends Error {}

/**
 * Reads a PSKC document (RFC 6030): plain, with a pre-shared key, or with a password. Tokens that cannot be imported are in
 * the answer with what is wrong. Throws AppError `token-file-not-valid`, `token-file-password-missing` or
 * `token-file-password-wrong`.
 */
export function readPskc(text: string, password: Secret | null): FileToken[] {
  const tokens: FileToken[] = [];
  let opener: PskcOpener | undefined;
  const root = readPskcXml(text, (element, container) => {
    const row = tokens.length + 1;
    const serial = textOf(element, 'DeviceInfo', 'SerialNo') || childOf(element, 'Key')?.attributes['Id']?.trim() || '';
    const open = () => (opener ??= createPskcOpener(encryptionOf(container), password));
    try {
      tokens.push(readPackage(element, row, serial, open));
    } catch (error) {
      if (!(error instanceof PackageProblem)) throw error;
      tokens.push(brokenToken(row, serial, error.message));
    }
  });
  if (root.name !== 'KeyContainer')
    throw new AppError('token-file-not-valid', `The file is XML, but its root is ${root.name.slice(0, 60)}, not a KeyContainer (PSKC).`);
  return tokens;
}

function encryptionOf(container: XmlElement): PskcEncryption {
  const key = childOf(container, 'EncryptionKey');
  const derivation = childOf(key, 'DerivedKey', 'KeyDerivationMethod');
  const parameters = childOf(derivation, 'PBKDF2-params');
  const mac = childOf(container, 'MACMethod');
  return {
    keyName: textOf(key, 'KeyName') || textOf(key, 'DerivedKey', 'MasterKeyName'),
    derived: derivation
      ? {
          algorithm: derivation.attributes['Algorithm'] ?? '',
          salt: textOf(parameters, 'Salt', 'Specified'),
          iterations: Number(textOf(parameters, 'IterationCount')),
          keyBytes: Number(textOf(parameters, 'KeyLength')),
          prf: childOf(parameters, 'PRF')?.attributes['Algorithm'] ?? '',
        }
      : null,
    mac: mac
      ? {
          algorithm: mac.attributes['Algorithm'] ?? '',
          keyAlgorithm: childOf(mac, 'MACKey', 'EncryptionMethod')?.attributes['Algorithm'] ?? '',
          key: textOf(mac, 'MACKey', 'CipherData', 'CipherValue'),
        }
      : null,
  };
}

function readPackage(element: XmlElement, row: number, serial: string, open: () => PskcOpener): FileToken {
  const device = childOf(element, 'DeviceInfo');
  const key = childOf(element, 'Key');
  if (!key) throw new PackageProblem('The key package holds no key.');
  const data = childOf(key, 'Data');
  const kind = kindOf(key);
  const value = (name: string) => numberOf(valueOf(data, name, open), name);
  const facts: TokenFacts = tidyFacts({
    serial,
    manufacturer: plainName(textOf(device, 'Manufacturer')),
    model: textOf(device, 'Model'),
    kind,
    algorithm: algorithmOf(textOf(key, 'AlgorithmParameters', 'Suite')),
    digits: digitsOf(childOf(key, 'AlgorithmParameters', 'ResponseFormat')),
    interval: kind === 'totp' ? (value('TimeInterval') ?? 30) : 0,
    startsAt: dateOf(textOf(key, 'Policy', 'StartDate') || textOf(device, 'StartDate'), 'start date'),
    expiresAt: dateOf(textOf(key, 'Policy', 'ExpiryDate') || textOf(device, 'ExpiryDate'), 'expiration date'),
  });
  if (kind === 'totp' && (facts.interval < 10 || facts.interval > 600))
    throw new PackageProblem(`The time interval of ${facts.interval} seconds is not possible.`);
  const problem = factsProblem(facts);
  if (problem) throw new PackageProblem(problem.text);
  const secret = valueOf(data, 'Secret', open);
  if (!secret || secret.length === 0) throw new PackageProblem('The secret key is missing.');
  if (secret.length < secretKeyBytes.min || secret.length > secretKeyBytes.max)
    throw new PackageProblem(
      `The secret key has ${secret.length * 8} bits. Between ${secretKeyBytes.min * 8} and ${secretKeyBytes.max * 8} are possible.`,
    );
  return {
    row,
    serial: facts.serial,
    facts,
    secret: Uint8Array.from(secret),
    counter: kind === 'hotp' ? (value('Counter') ?? 0) : 0,
    drift: kind === 'totp' ? (value('TimeDrift') ?? 0) : 0,
    username: '',
    problem: null,
  };
}

function kindOf(key: XmlElement): TokenKind {
  const algorithm = (key.attributes['Algorithm'] ?? '').split(':').at(-1)?.toLowerCase() ?? '';
  if (algorithm === 'totp' || algorithm === 'hotp') return algorithm;
  throw new PackageProblem(`The kind of token (${algorithm.slice(0, 40) || 'not named'}) is neither TOTP nor HOTP.`);
}

/** `HMAC-SHA256`, `SHA256` …; RFC 6238 takes SHA-1 where nothing is said. */
function algorithmOf(suite: string): TokenAlgorithm {
  const name = suite.toUpperCase().replaceAll('-', '');
  if (name === '' || name.endsWith('SHA1') || name.endsWith('SHA')) return 'SHA1';
  if (name.endsWith('SHA256')) return 'SHA256';
  if (name.endsWith('SHA512')) return 'SHA512';
  throw new PackageProblem(`The algorithm ${suite.slice(0, 40)} is not supported.`);
}

function digitsOf(format: XmlElement | undefined): number {
  const encoding = format?.attributes['Encoding'] ?? 'DECIMAL';
  if (encoding.toUpperCase() !== 'DECIMAL')
    throw new PackageProblem(`Codes in the form ${encoding.slice(0, 40)} are not supported, only decimal ones.`);
  const digits = Number(format?.attributes['Length'] ?? 6);
  if (Number.isInteger(digits) && digits >= 6 && digits <= 8) return digits;
  throw new PackageProblem('Codes of 6, 7 or 8 digits are supported, others are not.');
}

function dateOf(text: string, name: string): number | null {
  if (text === '') return null;
  const date = readFileDate(text);
  if (date === undefined) throw new PackageProblem(`The ${name} is not a date: ${text.slice(0, 40)}`);
  return date;
}

/** `oath.TokenVendor` or `iana.X` is how RFC 6030 §4.3.1 writes registered manufacturers. */
function plainName(manufacturer: string): string {
  return manufacturer.replace(/^(oath|iana)\./i, '');
}

function valueOf(data: XmlElement | undefined, name: string, open: () => PskcOpener): Buffer | undefined {
  const element = childOf(data, name);
  const plain = childOf(element, 'PlainValue');
  if (plain) return name === 'Secret' ? Buffer.from(plain.text.replace(/\s/g, ''), 'base64') : Buffer.from(plain.text.trim());
  const encrypted = childOf(element, 'EncryptedValue');
  if (!encrypted) return undefined;
  try {
    return open().open({
      algorithm: childOf(encrypted, 'EncryptionMethod')?.attributes['Algorithm'] ?? '',
      cipher: textOf(encrypted, 'CipherData', 'CipherValue'),
      mac: textOf(element, 'ValueMAC'),
    });
  } catch (error) {
    // A value that is damaged; a password that is wrong ends the reading.
    if (isAppError(error, 'token-file-not-valid')) throw new PackageProblem(error.message, { cause: error });
    throw error;
  }
}

/** Plain numbers are text; encrypted ones are big-endian bytes (RFC 6030 §4.2). */
function numberOf(bytes: Buffer | undefined, name: string): number | undefined {
  if (!bytes) return undefined;
  const text = bytes.toString('latin1');
  const number = /^-?\d{1,15}$/.test(text)
    ? Number(text)
    : bytes.length > 0 && bytes.length <= 6
      ? bytes.readUIntBE(0, bytes.length)
      : bytes.length === 8
        ? Number(bytes.readBigInt64BE())
        : NaN;
  if (Number.isSafeInteger(number)) return number;
  throw new PackageProblem(`The value of ${name} is not a number.`);
}
