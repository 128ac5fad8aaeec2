import { createContext, useContext } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import type { Leaf } from '../../../shared/company/settingPaths.ts';
import type { CompanyForm, CompanyStore } from './company.store.ts';

/** What the tabs work on. */
export interface CompanyEditor {
  readonly form: CompanyForm;
  readonly store: StoreApi<CompanyStore>;
  change(path: string, value: Leaf | undefined): void;
}

const CompanyContext = createContext<CompanyEditor | null>(null);
export const CompanyFormProvider = CompanyContext.Provider;

export function useCompanyForm(): CompanyEditor {
  const editor = useContext(CompanyContext);
  if (!editor) throw new Error('useCompanyForm needs a CompanyFormProvider above it.');
  return editor;
}
