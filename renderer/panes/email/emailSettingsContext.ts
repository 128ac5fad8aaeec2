import { createContext, useContext } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import type { EmailSettingsStore } from './settings/emailSettings.store.ts';

/** The settings as they are typed outlive their tab: whoever looks at another one loses nothing. */
const SettingsContext = createContext<StoreApi<EmailSettingsStore> | null>(null);
export const EmailSettingsProvider = SettingsContext.Provider;

export function useEmailSettings(): StoreApi<EmailSettingsStore> {
  const store = useContext(SettingsContext);
  if (!store) throw new Error('useEmailSettings needs an EmailSettingsProvider above it.');
  return store;
}
