import { UsageError } from './verb.ts';

/** A fingerprint as people copy it: with or without colons, in any letter case. Throws UsageError. */
export function readFingerprint(pin: string): string {
  const digits = pin.replaceAll(/[:\s]/g, '').toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(digits))
    throw new UsageError('--pin takes the SHA-256 fingerprint of the certificate: 64 hexadecimal digits.');
  return digits;
}
