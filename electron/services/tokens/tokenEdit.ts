import { AppError } from '../../../shared/contract/errors.ts';
import type { TokenBase, TokenFacts, TokenRow } from '../../../shared/contract/tokens.contract.ts';
import { editedTogether } from '../../../shared/tokens/editedTogether.ts';
import { checkFacts, tidyFacts } from './tokenFacts.ts';
import type { StoredFacts } from './tokenPorts.ts';

export interface TokenEdit {
  /** As typed; what is absent stays. */
  readonly typed: Partial<TokenFacts>;
  readonly isNewSecret: boolean;
  /** What the administrator saw when he began; only what he says. */
  readonly base: TokenBase;
}

/**
 * What is to be written of an edit: what really differs, because another interval makes a token count anew, and the same one does not.
 * Throws AppError `invalid-input`, and `changed-meanwhile` where somebody else has changed the same to something else.
 */
export function mergeTokenEdit(current: TokenRow, { typed, isNewSecret, base }: TokenEdit): Partial<StoredFacts> {
  const wanted = tidyFacts({ ...typed, kind: typed.kind ?? current.kind, interval: typed.interval ?? current.interval });
  const now = factsOf(current);
  const names = Object.keys(now) as (keyof StoredFacts)[];
  const changed = names.filter((name) => wanted[name] !== undefined && wanted[name] !== now[name] && wanted[name] !== base[name]);
  const movedOn = (name: keyof StoredFacts) => base[name] !== undefined && base[name] !== now[name];
  const contested: string[] = changed.filter((name) =>
    (editedTogether.find((group: readonly (keyof StoredFacts)[]) => group.includes(name)) ?? [name]).some(movedOn),
  );
  if (isNewSecret && base.secretMark !== undefined && base.secretMark !== current.secretMark) contested.push('secret');
  if (contested.length > 0) {
    throw new AppError('changed-meanwhile', 'Somebody else changed the same fields of this token in the meantime.', {
      details: { fields: contested.join(', ') },
    });
  }
  const facts = Object.fromEntries(changed.map((name) => [name, wanted[name]])) as Partial<StoredFacts>;
  checkFacts({ ...now, ...facts });
  return facts;
}

/** What an administrator sets of a token. */
export function factsOf({ serial, manufacturer, model, kind, algorithm, digits, interval, startsAt, expiresAt }: TokenRow): StoredFacts {
  return { serial, manufacturer, model, kind, algorithm, digits, interval, startsAt, expiresAt };
}
