import { useCallback } from 'react';
import type { ActivationState } from '../../shared/contract/activation.contract.ts';
import { useClient } from './client.tsx';
import { useUpToDate } from './useUpToDate.ts';

/** Another process of this data folder may have changed it, which is told to nobody here. */
const everyMs = 60_000;

/** Whether this server is activated, kept up to date; null until it is known. */
export function useActivation(): ActivationState | null {
  const { activation } = useClient();
  const read = useCallback(() => activation.state(null), [activation]);
  return useUpToDate<ActivationState | null>(read, activation.onChanged, everyMs, null);
}
