import { useCallback } from 'react';
import { useDialogs } from './dialogs.store.ts';
import { useShell } from './useShell.ts';

/** Opens the import dialog; where no directory is configured yet, its configuration comes first. */
export function useOpenImport(): () => Promise<void> {
  const open = useDialogs((s) => s.open);
  const readDirectory = useShell((s) => s.readDirectory);

  return useCallback(async () => {
    const settings = await readDirectory();
    open(settings ? { kind: 'import' } : { kind: 'directory-configuration', thenImport: true });
  }, [open, readDirectory]);
}
