import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Secret } from '../../../shared/lib/secret.ts';
import { createHashQueue, type HashLane, type HashQueue } from './hashQueue.ts';

/** What makes a short secret impossible to guess from a stolen file: a key that is not in the data folder. */
export interface HashKey {
  readonly keyName: string;
  mac(context: string, secret: Secret): Uint8Array;
}

export interface SecretHashes {
  /** A record that `matches` this secret for this purpose only. Throws what the vault throws where it has no key. */
  hash(purpose: string, secret: Secret, lane: HashLane, signal?: AbortSignal): Promise<string>;
  /**
   * Compares in constant time. Throws `keychain-unavailable` when the record was made with another key than the vault has now,
   * and `store-damaged` when it is no record: neither says anything about the secret.
   */
  matches(purpose: string, secret: Secret, record: string, lane: HashLane): Promise<boolean>;
}

/**
 * Node's own defaults, and the cost of scrypt's paper for people who wait (N=2^14, r=8, p=1: 16 MiB, about 33 ms on one core of the
 * machine that e2e/bench/pins.bench.ts last ran on). They are part of each record, so they can rise.
 *
 * No cost makes up for four digits: ten thousand guesses take minutes at any price that people would wait for. So scrypt gets not
 * the secret but its HMAC under the key in the OS keychain. A copy of the data folder without that key tells nothing; with the
 * key, the cost slows guessing down to about 30 a second and core. Against guessing at the front door there is a limit of attempts
 * (services/verify/attemptLimit.ts).
 */
const cost = { logN: 14, r: 8, p: 1 };
const saltBytes = 16;
const hashBytes = 32;
/** Nobody may make this computer spend more by writing other numbers into the file: N=2^20, r=16, p=4. */
const most = { logN: 20, r: 16, p: 4 };

/** One core stays for answers; two of libuv's four threads stay for names and files. */
const width = Math.max(1, Math.min(2, availableParallelism() - 1));

interface HashRecord {
  readonly logN: number;
  readonly r: number;
  readonly p: number;
  readonly keyName: string;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

const written = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d)\$k=([0-9a-f]{8})\$([\w+/]{22})\$([\w+/]{43})$/;
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

/** The PHC string format (https://github.com/P-H-C/phc-string-format) with the name of the key: `$scrypt$ln=14,r=8,p=1$k=…$salt$hash`. */
function formatRecord({ logN, r, p, keyName, salt, hash }: HashRecord): string {
  return `$scrypt$ln=${logN},r=${r},p=${p}$k=${keyName}$${base64(salt)}$${base64(hash)}`;
}

function parseRecord(record: string): HashRecord {
  const [, logN, r, p, keyName = '', salt = '', hash = ''] = written.exec(record) ?? [];
  const parsed = { logN: Number(logN), r: Number(r), p: Number(p) };
  if (hash === '' || parsed.logN < 1 || parsed.logN > most.logN || parsed.r > most.r || parsed.p > most.p || parsed.r * parsed.p === 0) {
    throw new AppError('store-damaged', 'A stored hash cannot be read.');
  }
  return { ...parsed, keyName, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') };
}

function derive(input: Uint8Array, salt: Uint8Array, { logN, r, p }: typeof cost): Promise<Buffer> {
  const options = { N: 2 ** logN, r, p, maxmem: 256 * r * 2 ** logN };
  return new Promise((resolve, reject) =>
    scrypt(input, salt, hashBytes, options, (error, derived) => (error ? reject(error) : resolve(derived))),
  );
}

/** Hashes PINs and answers. All of a process go through one queue. */
export function createSecretHashes(key: () => Promise<HashKey>, queue: HashQueue = createHashQueue(width)): SecretHashes {
  return {
    async hash(purpose, secret, lane, signal) {
      const { keyName, mac } = await key();
      const salt = randomBytes(saltBytes);
      const hash = await queue.run(lane, () => derive(mac(purpose, secret), salt, cost), signal);
      return formatRecord({ ...cost, keyName, salt, hash });
    },
    async matches(purpose, secret, record, lane) {
      const { hash, salt, keyName: madeWith, ...kept } = parseRecord(record);
      const { keyName, mac } = await key();
      if (keyName !== madeWith) {
        throw new AppError('keychain-unavailable', 'This was stored with a key that the keychain no longer has. Set it anew.');
      }
      const derived = await queue.run(lane, () => derive(mac(purpose, secret), salt, kept));
      return timingSafeEqual(derived, hash);
    },
  };
}
