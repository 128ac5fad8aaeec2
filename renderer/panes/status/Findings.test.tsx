// @vitest-environment jsdom
import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import { findingKinds, type FindingKind } from '../../../shared/contract/status.contract.ts';
import { ClientProvider, type ConsoleClient } from '../../app/client.tsx';
import { createDialogsStore, DialogsProvider } from '../../app/dialogs.store.ts';
import { createShellStore } from '../../app/shell.store.ts';
import { ShellProvider } from '../../app/useShell.ts';
import { Findings } from './Findings.tsx';

afterEach(cleanup);

/** The way out of each finding: what is open once its button was pressed. */
const ways: Record<FindingKind, string> = {
  'store-damaged': 'backups',
  'settings-unreadable': 'backups',
  'keychain-unavailable': 'vault',
  'keychain-locked': 'vault',
  'delivery-stopped': 'email',
  'network-failed': 'firewall',
  'requirements-failed': 'requirements',
  'mails-unknown': 'email outbox',
  'mails-failed': 'email outbox',
  'sender-missing': 'email',
  'disabled-succeed': 'company',
  'import-failed': 'import',
  'log-not-written': 'logging',
  'backup-failed': 'backups',
  'backup-old': 'backups',
  'directory-missing': 'directory-configuration',
  'directory-stale': 'import',
  'mails-held': 'email outbox',
  'mails-limited': 'email outbox',
  'users-incomplete': 'users incomplete',
};

it.each(findingKinds)('leads with one click out of %s', async (kind) => {
  const settings = { sample: false, kind: 'ad' };
  const client = { directory: { get: async () => ({ settings, passwordStored: true }) }, app: {} } as unknown as ConsoleClient;
  const shell = createShellStore(client, 'status');
  await shell.getState().readDirectory();
  const dialogs = createDialogsStore();
  render(
    <FluentProvider theme={webLightTheme}>
      <ClientProvider value={client}>
        <ShellProvider value={shell}>
          <DialogsProvider store={dialogs}>
            <Findings findings={[{ kind, severity: 'warning', count: 1, text: 'Why.', at: 0 }]} />
          </DialogsProvider>
        </ShellProvider>
      </ClientProvider>
    </FluentProvider>,
  );

  await userEvent.click(screen.getByRole('button'));

  const { paneId, aim } = shell.getState();
  const opened = dialogs.getState().current?.kind ?? [paneId, aim].filter(Boolean).join(' ');
  expect(opened).toBe(ways[kind]);
});
