import { KeyResetRegular, ShieldCheckmarkRegular } from '@fluentui/react-icons';
import { useStore, type StoreApi } from 'zustand';
import { useClient } from '../../app/client.tsx';
import { useDialogs } from '../../app/dialogs.store.ts';
import { usersText } from '../../i18n/en/users.ts';
import type { Command } from '../../ui/CommandRow.tsx';
import { listInput, type UsersStore } from './users.store.ts';

/** What can be done with the second factor of the user on whom the keyboard is. */
export function useFactorCommands(store: StoreApi<UsersStore>): readonly Command[] {
  const client = useClient();
  const open = useDialogs((s) => s.open);
  const isDisabled = useStore(store, (s) => s.selection.active < 0);

  async function openFor(kind: 'test-user' | 'bypass') {
    const { selection, shown, row } = store.getState();
    if (!shown || selection.active < 0) return;
    // The keyboard's row may be far from those on screen.
    const user = row(selection.active) ?? (await client.users.list({ ...listInput(shown), offset: selection.active, limit: 1 })).rows[0];
    if (user) open({ kind, id: user.id });
  }

  return [
    { id: 'test', label: usersText.test, icon: <ShieldCheckmarkRegular />, isDisabled, run: () => void openFor('test-user') },
    { id: 'bypass', label: usersText.bypass, icon: <KeyResetRegular />, isDisabled, run: () => void openFor('bypass') },
  ];
}
