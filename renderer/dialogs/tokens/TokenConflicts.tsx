import { editTokenText as text, tokenFieldNames } from '../../i18n/en/tokenDialogs.ts';
import { ConflictView, type Side } from '../../ui/ConflictView.tsx';
import type { TokenConflict } from './mergeToken.ts';
import type { EditingToken } from './tokenEditor.store.ts';
import { formOf, type TokenForm } from './tokenForm.ts';

interface TokenConflictsProps {
  readonly state: EditingToken;
  readonly choice: ReadonlyMap<TokenConflict, Side>;
  onChoose(choice: ReadonlyMap<TokenConflict, Side>): void;
}

/** What two administrators have changed of a token at once. */
export function TokenConflicts({ state, choice, onChoose }: TokenConflictsProps) {
  const { token, form, before, elsewhere } = state;
  if (!token || !elsewhere) return null;
  const theirs = formOf(token);

  function texts(name: TokenConflict) {
    if (name === 'secret') return text.secretSides;
    return { mine: shown(name, form), theirs: shown(name, theirs), before: shown(name, before) };
  }
  return (
    <ConflictView
      subject={token.serial}
      conflicts={elsewhere.conflicts.map((name) => ({ name, label: tokenFieldNames[name], ...texts(name) }))}
      taken={elsewhere.taken.map((name) => tokenFieldNames[name])}
      choice={choice}
      onChoose={onChoose}
    />
  );
}

function shown(name: TokenConflict, form: TokenForm): string {
  if (name === 'kind') return text.kinds[form.kind];
  if (name === 'interval' && form.kind === 'hotp') return text.emptyValue;
  return String(form[name]).trim() || text.emptyValue;
}
