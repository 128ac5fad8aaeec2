import type { CompanySettings } from '../../../shared/contract/companySettings.ts';
import { editUserText as text, fieldNames } from '../../i18n/en/editUser.ts';
import { valueText } from '../../i18n/en/userValues.ts';
import { ConflictView, type Side } from '../../ui/ConflictView.tsx';
import { instantText } from '../../ui/instants.ts';
import { conflictValues, type EditingState } from './editUser.store.ts';
import type { ConflictName } from './userValues.ts';

interface UserConflictsProps {
  readonly state: EditingState;
  readonly company: CompanySettings;
  readonly choice: ReadonlyMap<ConflictName, Side>;
  onChoose(choice: ReadonlyMap<ConflictName, Side>): void;
}

/** The values of a user that two administrators have changed at once. */
export function UserConflicts({ state, company, choice, onChoose }: UserConflictsProps) {
  const { conflicts = [], taken = [] } = state.elsewhere ?? {};
  const { before, mine, theirs } = conflictValues(state, company);

  function texts(name: ConflictName): { readonly mine: string; readonly theirs: string; readonly before: string } {
    if (name !== 'pin') return { mine: valueText(name, mine), theirs: valueText(name, theirs), before: valueText(name, before) };
    const pin = (setAt: number | null) => (setAt === null ? text.emptyValue : text.pinOf(instantText(setAt)));
    return { mine: text.newPin, theirs: pin(state.user.pin.setAt), before: pin(state.pinBefore) };
  }
  return (
    <ConflictView
      subject={state.user.username}
      conflicts={conflicts.map((name) => ({ name, label: fieldNames[name], ...texts(name) }))}
      taken={taken.map((name) => fieldNames[name])}
      choice={choice}
      onChoose={onChoose}
    />
  );
}
