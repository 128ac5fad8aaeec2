import { createHmac, randomInt } from 'node:crypto';
import metadata from 'libphonenumber-js/max/metadata';
import { defaultCompanySettings, type PinRules } from '../../../shared/contract/companySettings.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import { dialledDigits } from '../../../shared/phones/dialledDigits.ts';
import { createPhoneParser } from '../../../shared/phones/phoneParser.ts';
import type { PinHashes, PinPorts, PinSealer, PinStore } from './pinPorts.ts';

/** A vault whose key lies in memory: what it sealed can be opened under the same context, and is not the secret. */
export function createTestSealer(): PinSealer & { readonly keyName: string; mac(context: string, secret: Secret): Uint8Array } {
  const mask = 0x5a;
  const flip = (bytes: Uint8Array) => bytes.map((byte) => byte ^ mask);
  return {
    keyName: '7e577e57',
    mac: (context, secret) => createHmac('sha256', 'test').update(`${context} ${secret.reveal()}`).digest(),
    seal: (context, secret) => flip(new Uint8Array(Buffer.from(JSON.stringify([context, secret.reveal()])))),
    open(context, sealed) {
      const [bound, secret] = JSON.parse(Buffer.from(flip(sealed)).toString()) as [string, string];
      if (bound !== context) throw new Error('Sealed for something else.');
      return new Secret(secret);
    },
  };
}

/** Ports over a store and the hashes of services/hashes, with company rules of the test's choice. */
export function createTestPinPorts(store: PinStore, hashes: PinHashes, rules: Partial<PinRules> = {}): PinPorts {
  const sealer = createTestSealer();
  return {
    store,
    hashes,
    sealer: async () => sealer,
    company: () => ({ ...defaultCompanySettings, pinRules: { ...defaultCompanySettings.pinRules, ...rules } }),
    dialledDigits: (phone) => dialledDigits(metadata, phone),
    createPhoneParser: (country) => createPhoneParser(metadata, country),
    randomDigit: () => randomInt(10),
    now: () => 1_000,
  };
}
