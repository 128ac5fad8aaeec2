// @vitest-environment jsdom
import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { UserRow } from '../../../shared/contract/users.contract.ts';
import { ClientProvider, type ConsoleClient } from '../../app/client.tsx';
import { createDialogsStore, DialogsProvider } from '../../app/dialogs.store.ts';
import { createShellStore } from '../../app/shell.store.ts';
import { ShellProvider } from '../../app/useShell.ts';
import { UsersPane } from './UsersPane.tsx';

beforeAll(() => {
  // The names of all cells are computed for each look; a busy machine takes its time.
  configure({ asyncUtilTimeout: 10_000 });
  vi.setConfig({ testTimeout: 30_000 });
  // jsdom lays nothing out: give every element the height of a small window.
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => 352 });
});
afterEach(cleanup);

const anna: UserRow = {
  id: 1,
  username: 'anna@contoso.com',
  firstName: 'Anna',
  lastName: 'Berg',
  email: 'anna.berg@contoso.com',
  userGroup: 'Sales',
  phone: '+14255550100',
  phoneValid: true,
  extension: '',
  backupPhone: '',
  backupPhoneValid: false,
  method: 'text',
  mode: 'one-way-otp',
  hasPin: false,
  mustChangePin: false,
  enabled: true,
  complete: true,
  missing: [],
  createdAt: 0,
  updatedAt: 0,
};
const odd: UserRow = {
  ...anna,
  id: 2,
  username: 'odd@contoso.com',
  email: '',
  firstName: '<script>alert(1)</script>',
  phone: 'ask reception',
  phoneValid: false,
  complete: false,
};

function show(people: readonly UserRow[], whenDisabled: 'succeed' | 'fail' = 'fail') {
  const useSample = vi.fn<() => Promise<unknown>>(async () => ({ settings: null }));
  const never = () => Promise.reject(new Error('not part of this test'));
  const found = (search = '') => people.filter(({ username }) => username.includes(search));
  // Only what the pane asks for; the cast says that the rest is never called.
  const client = {
    users: {
      list: async ({ search, offset = 0 }: { search?: string; offset?: number }) => ({ offset, rows: found(search).slice(offset) }),
      count: async ({ search }: { search?: string }) => ({ count: found(search).length }),
      get: async ({ id }: { id: number }) => people.find((one) => one.id === id),
      onChanged: () => () => {},
    },
    company: { get: async () => ({ settings: { whenDisabled } }), onChanged: () => () => {} },
    directory: { get: async () => ({ settings: null, passwordStored: false }), useSample },
    app: { status: never },
  } as unknown as ConsoleClient;
  const shell = createShellStore(client, 'users');
  const dialogs = createDialogsStore();
  void shell.getState().readDirectory();
  render(
    <FluentProvider theme={webLightTheme}>
      <ClientProvider value={client}>
        <ShellProvider value={shell}>
          <DialogsProvider store={dialogs}>
            <UsersPane />
          </DialogsProvider>
        </ShellProvider>
      </ClientProvider>
    </FluentProvider>,
  );
  return { shell, dialogs, useSample };
}

it('leads from an empty console to the sample directory', async () => {
  const { dialogs, useSample } = show([]);

  await userEvent.click(await screen.findByRole('button', { name: 'Try the sample directory' }));

  expect(useSample).toHaveBeenCalledOnce();
  expect(dialogs.getState().current).toEqual({ kind: 'import', sample: true });
});

it('opens the directory configuration first where no directory is configured', async () => {
  const { dialogs } = show([]);

  await userEvent.click((await screen.findAllByRole('button', { name: 'Import from Active Directory…' }))[0]!);

  expect(dialogs.getState().current).toEqual({ kind: 'directory-configuration', thenImport: true });
});

it('shows people as text, whatever their names contain, and marks what is not valid in words', async () => {
  show([anna, odd]);

  const row = (await screen.findByText('odd@contoso.com')).closest<HTMLElement>('[role=row]')!;

  expect(row.textContent).toContain('<script>alert(1)</script>');
  expect(document.querySelector('[role=grid] script')).toBeNull();
  expect(within(row).getByRole('img', { name: /Not a valid phone number/ })).toBeTruthy();
});

it('tells assistive technology how long the list is and how it is sorted', async () => {
  show([anna, odd]);
  await screen.findByText('anna@contoso.com');

  expect(screen.getByRole('grid', { name: 'Users' }).getAttribute('aria-rowcount')).toBe('3');
  await userEvent.click(screen.getByRole('columnheader', { name: 'Username' }));

  expect(screen.getByRole('columnheader', { name: 'Username' }).getAttribute('aria-sort')).toBe('descending');
});

it('finds people while typing and says how many of how many', async () => {
  const { shell } = show([anna, odd]);
  await screen.findByText('odd@contoso.com');

  await userEvent.type(screen.getByRole('searchbox'), 'anna');

  await waitFor(() => expect(shell.getState().paneStatus.counts).toBe('1 of 2 users'));
  expect(screen.queryByText('odd@contoso.com')).toBeNull();
});

it('says so when nobody is found, and offers the way back', async () => {
  const { shell } = show([anna]);
  await screen.findByText('anna@contoso.com');
  await userEvent.type(screen.getByRole('searchbox'), 'zzz');

  await userEvent.click(await screen.findByRole('button', { name: 'Show all users' }));

  await waitFor(() => expect(shell.getState().paneStatus.counts).toBe('1 user'));
});

it('searches for what is typed in the list', async () => {
  show([anna, odd]);
  await screen.findByText('odd@contoso.com');
  const user = userEvent.setup();

  screen.getByRole('grid').focus();
  await user.keyboard('odd');

  expect(screen.getByRole<HTMLInputElement>('searchbox').value).toBe('odd');
  await waitFor(() => expect(screen.queryByText('anna@contoso.com')).toBeNull());
});

it('is used with the keyboard alone', async () => {
  const { shell } = show([anna, odd]);
  await screen.findByText('odd@contoso.com');
  const user = userEvent.setup();

  screen.getByRole('grid').focus();
  await user.keyboard('{ArrowDown}{Shift>}{ArrowDown}{/Shift}');

  expect(screen.getAllByRole('row', { selected: true })).toHaveLength(2);
  expect(shell.getState().paneStatus.counts).toBe('2 selected, 2 users');
});

it('opens Edit User with what was read of the row before', async () => {
  const { dialogs } = show([anna, odd]);
  await screen.findByText('odd@contoso.com');
  const user = userEvent.setup();

  screen.getByRole('grid').focus();
  await user.keyboard('{ArrowDown}');
  await screen.findByRole('row', { selected: true });
  await user.keyboard('{Enter}');

  await waitFor(() => expect(dialogs.getState().current).toMatchObject({ kind: 'edit-user', id: 1, known: { user: { id: 1 } } }));
});

it('selects rows with Shift and a click, and marks no text between them', async () => {
  show([anna, odd]);
  const row = await screen.findByText('odd@contoso.com');

  expect(fireEvent.mouseDown(row)).toBe(true);
  expect(fireEvent.mouseDown(row, { shiftKey: true })).toBe(false);
  expect(document.activeElement).toBe(screen.getByRole('grid'));
});

it('warns while disabled users may authenticate', async () => {
  show([], 'succeed');
  await screen.findByText('Company Settings let disabled users authenticate without a second factor.');
});
