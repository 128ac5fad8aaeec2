import { createContext, useContext } from 'react';
import type { CompanySettings } from '../../../shared/contract/companySettings.ts';
import type { UserDetail } from '../../../shared/contract/users.contract.ts';
import type { UserForm } from './userForm.ts';
import type { UserValues } from './userValues.ts';

/** What the tabs show and change, whether a user is added or edited. */
export interface UserEditor {
  readonly form: UserForm;
  /** What is stored; for a new user what Company Settings give him. */
  readonly before: UserValues;
  readonly company: CompanySettings;
  /** Null while a user is added. */
  readonly user: UserDetail | null;
  change(change: Partial<UserForm>): void;
}

const EditorContext = createContext<UserEditor | null>(null);
export const EditorProvider = EditorContext.Provider;

/** Throws where no EditorProvider is above. */
export function useEditor(): UserEditor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error('useEditor needs an EditorProvider above it.');
  return editor;
}
