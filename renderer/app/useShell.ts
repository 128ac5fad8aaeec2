import { createContext, useContext, useEffect } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { PaneCommands, PaneStatus, ShellStore, UnsavedInput } from './shell.store.ts';

const ShellContext = createContext<StoreApi<ShellStore> | null>(null);
export const ShellProvider = ShellContext.Provider;

/** `useShell((s) => s.showImport)` – throws where no ShellProvider is above. */
export function useShell<T>(select: (store: ShellStore) => T): T {
  const store = useContext(ShellContext);
  if (!store) throw new Error('useShell needs a ShellProvider above it.');
  return useStore(store, select);
}

/** Lends the commands of a pane to the menus and keys of the window while the pane is shown. Keep the object stable. */
export function usePaneCommands(commands: PaneCommands): void {
  const lend = useShell((s) => s.lendCommands);
  useEffect(() => {
    lend(commands);
    return () => lend({});
  }, [lend, commands]);
}

/** Fills the status line while the pane is shown. */
export function usePaneStatus({ warning, counts }: PaneStatus): void {
  const set = useShell((s) => s.setPaneStatus);
  useEffect(() => {
    set({ warning, counts });
    return () => set({});
  }, [set, warning, counts]);
}

/** Has the window ask before the pane is left with input that is not saved; null: there is none. Keep the object stable. */
export function useUnsavedInput(unsaved: UnsavedInput | null): void {
  const hold = useShell((s) => s.holdPane);
  useEffect(() => {
    hold(unsaved);
    return () => hold(null);
  }, [hold, unsaved]);
}
