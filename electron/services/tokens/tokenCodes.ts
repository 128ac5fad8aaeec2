import { createHmac, timingSafeEqual } from 'node:crypto';
import { HOTP, Secret as OtpSecret } from 'otpauth';
import type { Secret } from '../../../shared/lib/secret.ts';
import type { TokenKey, TokenPosition } from './tokenPorts.ts';

type CodeSettings = Pick<TokenKey, 'algorithm' | 'digits'>;

/** Node's HMAC; the library's own is forty times slower, and a search for drift tries thousands of codes. */
const hmac = (algorithm: string, key: Uint8Array, message: Uint8Array): Uint8Array =>
  createHmac(algorithm.replace('-', '').toLowerCase(), key).update(message).digest();

/** Makes the codes of one secret. A secret is kept as the Base64 of its bytes. */
export function createCodes(secret: Secret, { algorithm, digits }: CodeSettings): (counter: number) => string {
  const bytes = Uint8Array.from(Buffer.from(secret.reveal(), 'base64'));
  const key = new OtpSecret({ buffer: bytes.buffer });
  return (counter) => HOTP.generate({ secret: key, algorithm, digits, counter, hmac });
}

/** The time step of RFC 6238 §4.2 at `now` (milliseconds since 1970). */
export function stepAt(now: number, intervalSeconds: number): number {
  return Math.floor(now / 1000 / intervalSeconds);
}

/** Codes that are read off a token in groups: blanks and hyphens do not count. */
export function tidyCode(code: string): string {
  return code.replace(/[\s-]/g, '');
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** RFC 6238 §5.2 allows for the time that typing takes; a minute to either side of where the token's clock should be. */
const toleranceSeconds = 60;
/** RFC 4226 §7.4: presses of the button that never reached the server. */
const lookAhead = 10;
/** How far back a wrong counter is looked for, to say "used already" instead of "wrong". */
const lookBehind = 5;

export type Match = { readonly result: 'accepted'; readonly after: TokenPosition } | { readonly result: 'wrong' | 'already-used' };

/**
 * Looks a code up among those that the token may show now. Always computes all of them, so that the time it takes does not
 * tell where the match was.
 */
export function matchCode(key: TokenKey, codes: (counter: number) => string, code: string, now: number): Match {
  const around = stepAt(now, key.interval || 30) + key.drift;
  const tolerance = Math.max(1, Math.round(toleranceSeconds / (key.interval || 30)));
  const [from, to] =
    key.kind === 'totp'
      ? [Math.max(0, around - tolerance), around + tolerance]
      : [Math.max(0, key.counter - lookBehind), key.counter + lookAhead];
  const firstFresh = key.kind === 'totp' ? key.counter + 1 : key.counter;
  let fresh: number | undefined;
  let isUsed = false;
  for (let counter = from; counter <= to; counter++) {
    if (!isSame(codes(counter), code)) continue;
    if (counter >= firstFresh) fresh ??= counter;
    else isUsed = true;
  }
  if (fresh !== undefined) return { result: 'accepted', after: positionAfter(key, fresh, now) };
  return { result: isUsed ? 'already-used' : 'wrong' };
}

/** Where a token is after its code of `counter` was accepted at `now`. */
function positionAfter(key: TokenKey, counter: number, now: number): TokenPosition {
  return key.kind === 'totp' ? { counter, drift: counter - stepAt(now, key.interval) } : { counter: counter + 1, drift: 0 };
}

const hourSeconds = 3_600;
const daySeconds = 24 * hourSeconds;
/** HOTP: how many presses of the button a resynchronisation may have missed. */
const resyncLookAhead = 1_000;
/** Codes tried between two pauses: about two milliseconds. */
const codesAtOnce = 250;

export interface ResyncCodes {
  readonly code: string;
  /** The code that the token shows after `code`. */
  readonly nextCode?: string | undefined;
}

/**
 * Searches far around for the place where a token is. One code of a TOTP token is looked for in an hour to either side (a
 * guess hits by chance once in thousands), two consecutive ones in a day. A HOTP token needs two codes and goes forward only.
 * One code alone must not be older than what was used already; two may be, since a clock can have been set back.
 * The nearest place wins. `pause` lets others do something.
 */
export async function searchPosition(
  key: TokenKey,
  codes: (counter: number) => string,
  { code, nextCode }: ResyncCodes,
  now: number,
  pause: () => Promise<void>,
): Promise<Match> {
  const middle = key.kind === 'totp' ? stepAt(now, key.interval) : key.counter;
  const reach = key.kind === 'totp' ? Math.ceil((nextCode === undefined ? hourSeconds : daySeconds) / key.interval) : resyncLookAhead;
  let isUsed = false;
  let tried = 0;
  for (let distance = 0; distance <= reach; distance++) {
    for (const counter of distance === 0 || key.kind === 'hotp' ? [middle + distance] : [middle - distance, middle + distance]) {
      if (++tried % codesAtOnce === 0) await pause();
      if (counter < 0 || !isSame(codes(counter), code)) continue;
      if (nextCode === undefined) {
        if (counter > key.counter || key.kind === 'hotp') return { result: 'accepted', after: positionAfter(key, counter, now) };
        isUsed = true;
      } else if (isSame(codes(counter + 1), nextCode)) {
        return { result: 'accepted', after: positionAfter(key, counter + 1, now) };
      }
    }
  }
  return { result: isUsed ? 'already-used' : 'wrong' };
}
