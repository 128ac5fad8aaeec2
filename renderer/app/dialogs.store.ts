import { createContext, createElement, useContext, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { MailProblem } from '../../shared/contract/mailProblem.ts';
import type { CompanySettings } from '../../shared/contract/companySettings.ts';
import type { UserFilter } from '../../shared/contract/userFilter.ts';
import type { TemplateRef } from '../../shared/contract/mailTemplates.contract.ts';
import type { Tag } from '../../shared/contract/tags.contract.ts';
import type { UserDetail } from '../../shared/contract/users.contract.ts';
import type { PaneId } from '../i18n/en/shell.ts';
import type { SelectedRows } from '../ui/table/selectedIds.ts';
import type { ConsoleClient } from './client.tsx';

/** Where in a list a user was opened, so that Previous and Next can walk along it. */
export interface UserPlace {
  /** Which users are listed, and in which order. */
  readonly list: Omit<Parameters<ConsoleClient['users']['list']>[0], 'offset' | 'limit'>;
  /** From 0. */
  readonly index: number;
  readonly count: number;
  /** Another user is shown now: the list follows. */
  onMove?(index: number): void;
}

/** What Edit User shows, read before it was opened. */
export interface KnownUser {
  readonly user: UserDetail;
  readonly company: CompanySettings;
}

/** Whom a command of the Users pane is about. */
export type SelectedUsers = SelectedRows<Omit<Parameters<ConsoleClient['users']['idsAt']>[0], 'ranges'>>;

/** What the Users pane shows just now. */
export interface ShownUsers extends SelectedUsers {
  /** Users in the list; null while they are not counted. */
  readonly count: number | null;
}

/** What the commands on selected users do that need no form. */
export type UserChange = 'enable' | 'disable' | 'reset-pin' | 'reset-method';

/** Which tokens a command of the OATH Tokens pane is about. */
export type SelectedTokens = SelectedRows<Omit<Parameters<ConsoleClient['tokens']['idsAt']>[0], 'ranges'>>;

/** How all mails are shown side by side. */
export interface MatrixBegin {
  readonly language: string;
  readonly look: 'desktop' | 'phone' | 'dark';
}

/** Dialogs that any part of the window may open. One is open at a time. */
export type AppDialogRequest =
  | { readonly kind: 'import'; readonly sample?: boolean }
  /** `thenImport`: goes on to the import dialog once a directory is configured. */
  | { readonly kind: 'directory-configuration'; readonly thenImport?: boolean }
  | { readonly kind: 'csv-import' }
  /** `shown`: the list from which it was opened, if any. */
  | { readonly kind: 'csv-export'; readonly shown?: ShownUsers }
  | { readonly kind: 'job-report'; readonly jobId: string }
  /** Verifies the second factor of the user with this id. */
  | { readonly kind: 'test-user'; readonly id: number }
  /** Starts a one-time bypass for the user with this id. */
  | { readonly kind: 'bypass'; readonly id: number }
  | { readonly kind: 'bypasses' }
  | { readonly kind: 'security-questions' }
  | { readonly kind: 'add-user' }
  /** `known`: shown at once, and read again. */
  | { readonly kind: 'edit-user'; readonly id: number; readonly place: UserPlace; readonly known?: KnownUser | undefined }
  | { readonly kind: 'remove-users'; readonly selected: SelectedUsers }
  | { readonly kind: 'edit-users' | 'send-emails'; readonly selected: SelectedUsers }
  /** Sends one mail again, to users who are chosen in the dialog. */
  | { readonly kind: 'resend-email'; readonly template: string }
  /** `onApply` gets null where the list is to show everybody. */
  | { readonly kind: 'filter-users'; readonly filter: UserFilter | null; onApply(filter: UserFilter | null): void }
  | { readonly kind: 'change-users'; readonly change: UserChange; readonly selected: SelectedUsers }
  /** Users who were removed and can be restored. */
  | { readonly kind: 'recycle-bin' }
  | { readonly kind: 'add-token' }
  /** The token with this id. */
  | { readonly kind: 'edit-token' | 'assign-token' | 'unassign-token' | 'resync-token'; readonly id: number }
  | { readonly kind: 'remove-tokens'; readonly selected: SelectedTokens }
  | { readonly kind: 'import-tokens' }
  | { readonly kind: 'add-tag' }
  | { readonly kind: 'edit-tag' | 'remove-tag' | 'merge-tag'; readonly tag: Tag }
  /** `languages`: those in which mails are written; `place`: what has the focus first; `onMove` is told when another mail is edited; `back`: what is open afterwards. */
  | {
      readonly kind: 'edit-email';
      readonly start: TemplateRef;
      readonly languages: readonly string[];
      readonly place?: MailProblem;
      readonly back?: AppDialogRequest;
      onMove?(template: string): void;
    }
  /** Looks for what is wrong with mails; `onGo` leads to where it is. */
  | { readonly kind: 'check-emails'; onGo(problem: MailProblem): void }
  /** All mails side by side; `onEdit` gets how they are shown, to come back to it. */
  | {
      readonly kind: 'mail-matrix';
      readonly begin: MatrixBegin;
      onEdit(ref: TemplateRef, languages: readonly string[], now: MatrixBegin): void;
    }
  /** All mails from an archive. */
  | { readonly kind: 'import-emails' }
  | { readonly kind: 'backups' }
  /** `file`: on the computer of the console. */
  | { readonly kind: 'restore-backup'; readonly file?: string }
  | { readonly kind: 'support-bundle' }
  | { readonly kind: 'activation' | 'authority' }
  | { readonly kind: 'vault' }
  | { readonly kind: 'pane-help'; readonly pane: PaneId }
  | { readonly kind: 'about' }
  | { readonly kind: 'shortcuts' };

export interface DialogsStore {
  readonly current: AppDialogRequest | null;
  open(dialog: AppDialogRequest): void;
  close(): void;
}

export function createDialogsStore(): StoreApi<DialogsStore> {
  return createStore<DialogsStore>()((set) => ({
    current: null,
    open: (current) => set({ current }),
    close: () => set({ current: null }),
  }));
}

const DialogsContext = createContext<StoreApi<DialogsStore> | null>(null);

export function DialogsProvider({ store, children }: { readonly store: StoreApi<DialogsStore>; readonly children: ReactNode }) {
  return createElement(DialogsContext.Provider, { value: store }, children);
}

/** `useDialogs((s) => s.open)` – throws where no DialogsProvider is above. */
export function useDialogs<T>(select: (store: DialogsStore) => T): T {
  const store = useContext(DialogsContext);
  if (!store) throw new Error('useDialogs needs a DialogsProvider above it.');
  return useStore(store, select);
}
