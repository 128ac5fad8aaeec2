import { createContext, useContext, type ReactNode } from 'react';
import type { ActivationState } from '../../shared/contract/activation.contract.ts';
import { activationText } from '../i18n/en/activation.ts';
import { ReadOnlyContext } from '../ui/readOnly.ts';
import { useActivation } from './useActivation.ts';

const ActivationContext = createContext<ActivationState | null>(null);

/** Tells everything inside whether this server is activated, and what it does not do because it no longer is. */
export function ActivationProvider({ children }: { readonly children: ReactNode }) {
  const state = useActivation();
  return (
    <ActivationContext value={state}>
      <ReadOnlyContext value={state?.readOnly ? activationText.readOnlyHint : null}>{children}</ReadOnlyContext>
    </ActivationContext>
  );
}

/** Null until it is known. */
export const useActivationState = (): ActivationState | null => useContext(ActivationContext);
