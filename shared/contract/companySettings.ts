import { z } from 'zod';
import { methods, modesOf } from './users.contract.ts';

const language = z.string().max(16);

/** PIN rules of the company (reference §2.4). 0 days: a PIN never expires; 0 in `history`: old PINs may be used again. */
export const pinRules = z.object({
  canChange: z.boolean(),
  minLength: z.number().int().min(4).max(16),
  preventWeak: z.boolean(),
  expirationDays: z.number().int().min(0).max(999),
  history: z.number().int().min(0).max(10),
});
export type PinRules = z.infer<typeof pinRules>;

/** Company Settings, tabs General and Username Resolution (reference §5.1, §5.2). */
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
    languages: z.object({ call: language, text: language, app: language, oath: language }),
  }),
  pinRules,
  usernameResolution: z.object({
    kind: z.enum(['sid', 'directory-id', 'exact']),
    /** `DOMAIN\\user` and `user@domain` are looked up as `user` too. */
    stripDomain: z.boolean(),
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
};
