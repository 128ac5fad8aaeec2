import { methods, modes, type Method, type Mode } from '../contract/users.contract.ts';

/** Words of cells that mean one of a few things, compared without letter case, blanks and punctuation. */
export type Words<Meaning> = (cell: string) => Meaning | undefined;

function wordsFor<Meaning>(meanings: readonly (readonly [Meaning, readonly string[]])[]): Words<Meaning> {
  const known = new Map(meanings.flatMap(([meaning, spellings]) => spellings.map((spelling) => [spelling, meaning])));
  // Most files hold few different words many times.
  const seen = new Map<string, Meaning | undefined>();
  return (cell) => {
    if (seen.has(cell)) return seen.get(cell);
    const meaning = known.get(cell.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''));
    if (seen.size < 1000) seen.set(cell, meaning);
    return meaning;
  };
}

/** Yes and no as people and spreadsheets of several languages write them. */
export const readFlag: Words<0 | 1> = wordsFor([
  [1, ['true', 'yes', 'y', '1', 'on', 'x', 'enabled', 'wahr', 'ja', 'vrai', 'oui', 'verdadero', 'sí', 'si', 'vero', 'waar']],
  [0, ['false', 'no', 'n', '0', 'off', 'disabled', 'falsch', 'nein', 'faux', 'non', 'falso', 'onwaar', 'nee']],
]);

const methodWords: Readonly<Record<Method, readonly string[]>> = {
  call: ['call', 'phonecall', 'phone', 'voice', 'voicecall'],
  text: ['text', 'textmessage', 'sms'],
  app: ['app', 'mobileapp', 'phoneapp', 'notification', 'push'],
  oath: ['oath', 'oathtoken', 'token', 'hardwaretoken', 'otp', 'totp'],
};

/** Methods by the contract's names and by those of the window. */
export const readMethod: Words<Method> = wordsFor(methods.map((method) => [method, methodWords[method]]));

const modeWords: Readonly<Record<Mode, readonly string[]>> = {
  standard: ['standard', 'default', 'nopin'],
  pin: ['pin', 'withpin'],
  'one-way-otp': ['onewayotp', 'oneway'],
  'one-way-otp-pin': ['onewayotppin', 'onewaypin'],
  'two-way-otp': ['twowayotp', 'twoway'],
  'two-way-otp-pin': ['twowayotppin', 'twowaypin'],
  token: ['token', 'oathtoken'],
};

export const readMode: Words<Mode> = wordsFor(modes.map((mode) => [mode, modeWords[mode]]));

/** The word for "as Company Settings say". */
export const followsCompany: Words<true> = wordsFor([[true, ['company', 'default', 'companydefault', 'companysettings']]]);

export const readWhenDisabled: Words<'succeed' | 'fail'> = wordsFor([
  ['succeed', ['succeed', 'succeedauthentication', 'allow']],
  ['fail', ['fail', 'failauthentication', 'deny']],
]);
