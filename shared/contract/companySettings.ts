import { z } from 'zod';
import { languageCode } from '../texts/languageCode.ts';
import { messageKinds, promptKinds } from '../texts/messageKinds.ts';
import { methods, modesOf } from './users.contract.ts';

/** Longer than any text may be; shared/texts/checkText.ts says in words which limit a text breaks. */
const writtenText = z.string().max(4096);

/** PIN rules of the company (reference §2.4). 0 days: a PIN never expires; 0 in `history`: old PINs may be used again. */
export const pinRules = z.object({
  canChange: z.boolean(),
  minLength: z.number().int().min(4).max(16),
  preventWeak: z.boolean(),
  expirationDays: z.number().int().min(0).max(999),
  history: z.number().int().min(0).max(10),
});
export type PinRules = z.infer<typeof pinRules>;

/** Company Settings as the pane shows them (reference §5.1 to §5.4). */
export const companySettings = z.object({
  whenInternetDown: z.enum(['succeed', 'fail']),
  whenDisabled: z.enum(['succeed', 'fail']),
  /** For phone numbers without a country code. ISO 3166-1 alpha-2. */
  defaultCountry: z.string().regex(/^[A-Z]{2}$/),
  /** What every new user gets, however he comes. */
  userDefaults: z.object({
    method: z.enum(methods),
    callMode: z.enum(modesOf.call),
    textMode: z.enum(modesOf.text),
    appMode: z.enum(modesOf.app),
    globalServices: z.boolean(),
    canChangePhone: z.boolean(),
    keepPhoneSynced: z.boolean(),
    languages: z.object({ call: languageCode, text: languageCode, app: languageCode, oath: languageCode }),
  }),
  pinRules,
  usernameResolution: z.object({
    kind: z.enum(['sid', 'directory-id', 'exact']),
    /** `DOMAIN\\user` and `user@domain` are looked up as `user` too. */
    stripDomain: z.boolean(),
  }),
  /**
   * What the company wrote itself, by language. A language without an entry has the shipped texts; one that the product does not
   * ship is offered once it has an entry here, and what it lacks is in English.
   */
  texts: z.object({
    textMessage: z.record(languageCode, z.partialRecord(z.enum(messageKinds), writtenText)),
    oathToken: z.record(languageCode, z.partialRecord(z.enum(promptKinds), writtenText)),
  }),
});
export type CompanySettings = z.infer<typeof companySettings>;

/** Before anybody has saved something. Disabled users are refused, unlike in the original product (reference §11). */
export const defaultCompanySettings: CompanySettings = {
  whenInternetDown: 'fail',
  whenDisabled: 'fail',
  defaultCountry: 'US',
  userDefaults: {
    method: 'call',
    callMode: 'standard',
    textMode: 'one-way-otp',
    appMode: 'standard',
    globalServices: true,
    canChangePhone: true,
    keepPhoneSynced: false,
    languages: { call: 'en', text: 'en', app: 'en', oath: 'en' },
  },
  pinRules: { canChange: true, minLength: 4, preventWeak: true, expirationDays: 0, history: 0 },
  usernameResolution: { kind: 'directory-id', stripDomain: true },
  texts: { textMessage: {}, oathToken: {} },
};
