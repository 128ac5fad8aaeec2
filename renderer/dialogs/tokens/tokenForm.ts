import { tokenTextLimit, type TokenAlgorithm, type TokenKind, type TokenRow } from '../../../shared/contract/tokens.contract.ts';
import { readSecretKey, secretKeyProblemText, type SecretEncoding } from '../../../shared/tokens/secretKey.ts';
import { editTokenText as text } from '../../i18n/en/tokenDialogs.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import type { Found } from '../../ui/FindCombobox.tsx';

/** What was typed and chosen. */
export interface TokenForm {
  readonly serial: string;
  readonly secret: string;
  readonly encoding: SecretEncoding;
  readonly kind: TokenKind;
  readonly algorithm: TokenAlgorithm;
  readonly digits: number;
  /** As typed. */
  readonly interval: string;
  readonly counter: string;
  /** `2027-01-31`, in UTC; empty for none. */
  readonly startsOn: string;
  readonly expiresOn: string;
  readonly manufacturer: string;
  readonly model: string;
  /** While a token is added. */
  readonly user: Found | null;
}

export type TokenField = Exclude<keyof TokenForm, 'encoding' | 'user'>;

export const emptyForm: TokenForm = {
  serial: '',
  secret: '',
  encoding: 'base32',
  kind: 'totp',
  algorithm: 'SHA1',
  digits: 6,
  interval: '30',
  counter: '0',
  startsOn: '',
  expiresOn: '',
  manufacturer: '',
  model: '',
  user: null,
};

/** Tokens come in boxes of one kind: what is common to them stays for the next. */
export function nextForm({ encoding, kind, algorithm, digits, interval, startsOn, expiresOn, manufacturer, model }: TokenForm): TokenForm {
  return { ...emptyForm, encoding, kind, algorithm, digits, interval, startsOn, expiresOn, manufacturer, model };
}

const dayOf = (at: number | null) => (at === null ? '' : new Date(at).toISOString().slice(0, 10));

export function formOf(token: TokenRow): TokenForm {
  return {
    ...emptyForm,
    serial: token.serial,
    kind: token.kind,
    algorithm: token.algorithm,
    digits: token.digits,
    interval: token.kind === 'totp' ? String(token.interval) : emptyForm.interval,
    startsOn: dayOf(token.startsAt),
    expiresOn: dayOf(token.expiresAt),
    manufacturer: token.manufacturer,
    model: token.model,
  };
}

const isWhole = (typed: string) => /^\d{1,15}$/.test(typed.trim());

/** What is wrong, as sentences. `isNew`: the secret key is needed. */
export function problemsOf(form: TokenForm, { isNew }: { readonly isNew: boolean }): ReadonlyMap<TokenField, string> {
  const problems = new Map<TokenField, string>();
  for (const field of ['serial', 'manufacturer', 'model'] as const) {
    const typed = form[field].trim();
    if (typed.length > tokenTextLimit) problems.set(field, text.tooLong(typed.length, tokenTextLimit));
    else if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(typed)) problems.set(field, text.controlCharacter);
  }
  if (form.serial.trim() === '') problems.set('serial', text.serialMissing);
  if (isNew || form.secret.trim() !== '') {
    const reading = readSecretKey(form.secret, form.encoding);
    if ('problem' in reading) problems.set('secret', secretKeyProblemText(reading.problem, form.encoding));
  }
  const interval = Number(form.interval);
  if (form.kind === 'totp' && !(isWhole(form.interval) && interval >= 10 && interval <= 600)) problems.set('interval', text.intervalWrong);
  if (form.kind === 'hotp' && needsCounter(form, isNew) && !isWhole(form.counter)) problems.set('counter', text.counterWrong);
  for (const field of ['startsOn', 'expiresOn'] as const) {
    if (form[field] !== '' && Number.isNaN(instantOf(form[field]))) problems.set(field, text.dateWrong);
  }
  const [starts, expires] = [instantOf(form.startsOn), instantOf(form.expiresOn)];
  if (starts !== null && expires !== null && starts >= expires) problems.set('expiresOn', text.expiresBeforeStart);
  return problems;
}

/** A counter belongs to a secret key that is given now. */
export function needsCounter({ kind, secret }: Pick<TokenForm, 'kind' | 'secret'>, isNew: boolean): boolean {
  return kind === 'hotp' && (isNew || secret.trim() !== '');
}

/** A character that does not belong into a secret key is wrong at once; that it is too short only when it is written. */
export function hasTypo({ secret, encoding }: Pick<TokenForm, 'secret' | 'encoding'>): boolean {
  const reading = readSecretKey(secret, encoding);
  return 'problem' in reading && reading.problem.kind === 'bad-character';
}

/** The first moment of a day in UTC; null for none. */
function instantOf(day: string): number | null {
  return day === '' ? null : Date.parse(`${day}T00:00:00Z`);
}

/** As the service wants a new token. */
export function toNewToken(form: TokenForm): Parameters<ConsoleClient['tokens']['add']>[0] {
  return {
    serial: form.serial.trim(),
    secret: form.secret,
    encoding: form.encoding,
    kind: form.kind,
    algorithm: form.algorithm,
    digits: form.digits,
    ...(form.kind === 'totp' ? { interval: Number(form.interval) } : { counter: Number(form.counter) }),
    startsAt: instantOf(form.startsOn),
    expiresAt: instantOf(form.expiresOn),
    manufacturer: form.manufacturer.trim(),
    model: form.model.trim(),
    ...(form.user && { userId: form.user.id }),
  };
}

/** What was changed; what is as before is absent, and so an instant that is not the first moment of a day stays. */
export function toChanges(form: TokenForm, before: TokenForm): Parameters<ConsoleClient['tokens']['edit']>[0]['changes'] {
  const isChanged = (field: TokenField) => form[field] !== before[field];
  return {
    ...(form.serial.trim() !== before.serial && { serial: form.serial.trim() }),
    ...(form.manufacturer.trim() !== before.manufacturer && { manufacturer: form.manufacturer.trim() }),
    ...(form.model.trim() !== before.model && { model: form.model.trim() }),
    ...(isChanged('kind') && { kind: form.kind }),
    ...(isChanged('algorithm') && { algorithm: form.algorithm }),
    ...(isChanged('digits') && { digits: form.digits }),
    ...(form.kind === 'totp' && (isChanged('interval') || isChanged('kind')) && { interval: Number(form.interval) }),
    ...(isChanged('startsOn') && { startsAt: instantOf(form.startsOn) }),
    ...(isChanged('expiresOn') && { expiresAt: instantOf(form.expiresOn) }),
    ...(form.secret.trim() !== '' && {
      secret: { key: form.secret, encoding: form.encoding, ...(form.kind === 'hotp' && { counter: Number(form.counter) }) },
    }),
  };
}

/** Whether a change lets the token count anew. */
export function countsAnew(form: TokenForm, before: TokenForm): boolean {
  const changes = toChanges(form, before);
  return changes.kind !== undefined || changes.interval !== undefined || changes.secret !== undefined;
}
