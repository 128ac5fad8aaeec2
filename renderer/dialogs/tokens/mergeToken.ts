import type { TokenBase, TokenRow } from '../../../shared/contract/tokens.contract.ts';
import { editedTogether } from '../../../shared/tokens/editedTogether.ts';
import { formOf, type TokenField, type TokenForm } from './tokenForm.ts';

/** What two administrators can change at once. The counter belongs to the secret key. */
export type TokenConflict = Exclude<TokenField, 'counter'>;

/** What was changed elsewhere while a token is edited. */
export interface TokenElsewhere {
  /** Changed here as well, to something else: has to be decided before it can be saved. */
  readonly conflicts: readonly TokenConflict[];
  /** Changed by them alone, and shown already. */
  readonly taken: readonly TokenConflict[];
}

/** A token while it is edited. */
export interface EditedToken {
  /** What changes are measured against, as it is stored: for an undecided conflict what was there before anybody changed it. */
  readonly base: TokenBase;
  /** The same as the form shows it. */
  readonly before: TokenForm;
  readonly form: TokenForm;
}

/** In the order of the form, each with what is stored of it. */
const facts = {
  serial: 'serial',
  secret: 'secretMark',
  kind: 'kind',
  algorithm: 'algorithm',
  digits: 'digits',
  interval: 'interval',
  startsOn: 'startsAt',
  expiresOn: 'expiresAt',
  manufacturer: 'manufacturer',
  model: 'model',
} as const satisfies Record<TokenConflict, keyof TokenBase>;
export const tokenConflicts = Object.keys(facts) as TokenConflict[];

/** What an edit of this token is based on. */
export function baseOf(token: TokenRow): TokenBase {
  return Object.fromEntries(Object.values(facts).map((fact) => [fact, token[fact]])) as TokenBase;
}

/** A three-way merge: theirs, with mine on top. In a conflict mine stands until somebody decides. */
export function mergeToken({ base, before, form }: EditedToken, theirs: TokenRow): EditedToken & TokenElsewhere {
  const now = formOf(theirs);
  const isMine = (name: TokenConflict) => String(form[name]).trim() !== before[name].toString();
  const isTheirs = (name: TokenConflict) => base[facts[name]] !== theirs[facts[name]];
  const groupOf = (name: TokenConflict) => editedTogether.find((group: readonly TokenConflict[]) => group.includes(name)) ?? [name];
  // Nobody can see whether two secret keys are the same.
  const isSame = (name: TokenConflict) => name !== 'secret' && String(form[name]).trim() === now[name].toString();
  const mine = tokenConflicts.filter((name) => groupOf(name).some(isMine));
  const conflicts = mine.filter((name) => groupOf(name).some(isTheirs) && !isSame(name));
  const pick = (from: TokenForm, names: readonly TokenConflict[]) => Object.fromEntries(names.map((name) => [name, from[name]]));
  return {
    base: { ...baseOf(theirs), ...Object.fromEntries(conflicts.map((name) => [facts[name], base[facts[name]]])) },
    before: { ...now, ...pick(before, conflicts) },
    form: {
      ...form,
      ...pick(
        now,
        tokenConflicts.filter((name) => !mine.includes(name)),
      ),
    },
    conflicts,
    taken: tokenConflicts.filter((name) => !mine.includes(name) && isTheirs(name)),
  };
}
