// @vitest-environment jsdom
import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import { cleanup, configure, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { ClientProvider, type ConsoleClient } from '../../app/client.tsx';
import { createDialogsStore, DialogsProvider } from '../../app/dialogs.store.ts';
import { createShellStore } from '../../app/shell.store.ts';
import { ShellProvider } from '../../app/useShell.ts';
import { createFakeConsole, settings } from '../../dialogs/testing/fakeConsole.ts';
import { findButton } from '../../dialogs/testing/findButton.ts';
import { layOutElements } from '../../dialogs/testing/layout.ts';
import { DirectoryPane } from './DirectoryPane.tsx';

beforeAll(() => {
  configure({ asyncUtilTimeout: 20_000 });
  layOutElements();
});
afterEach(cleanup);

function show(fake: ReturnType<typeof createFakeConsole>) {
  const client = fake.client as ConsoleClient;
  const dialogs = createDialogsStore();
  render(
    <FluentProvider theme={webLightTheme}>
      <ClientProvider value={client}>
        <ShellProvider value={createShellStore(client, 'directory')}>
          <DialogsProvider store={dialogs}>
            <DirectoryPane />
          </DialogsProvider>
        </ShellProvider>
      </ClientProvider>
    </FluentProvider>,
  );
  return { user: userEvent.setup(), dialogs };
}

it('says what to do where no directory is configured', async () => {
  const fake = createFakeConsole();
  fake.client.directory.get = async () => ({ settings: null, passwordStored: false });
  const { user, dialogs } = show(fake);

  await user.click(await findButton('Configure…'));

  expect(dialogs.getState().current).toEqual({ kind: 'directory-configuration' });
}, 30_000);

it('tests the login with the settings that are saved', async () => {
  const fake = createFakeConsole();
  fake.client.directory.testLogin = async () => ({
    passed: false,
    steps: [
      {
        step: 'bind',
        server: settings.servers[0]!,
        state: 'failed',
        text: 'The password is wrong.',
        advice: 'Enter it again.',
        milliseconds: 8,
      },
    ],
  });
  const { user } = show(fake);

  await user.click(await findButton('Test login'));

  await screen.findByText('Login test failed.');
  expect(screen.getByText('Enter it again.')).toBeTruthy();
}, 30_000);

it('shows which server did not answer, and why', async () => {
  const fake = createFakeConsole();
  const [server] = settings.servers;
  fake.client.directory.servers = async () => ({
    servers: [{ host: server!.host, port: server!.port, answers: false, at: 0, text: 'The server does not answer in time.' }],
  });
  show(fake);

  expect(await screen.findByText(/^Did not answer/)).toBeTruthy();
  expect(screen.getByText('The server does not answer in time.')).toBeTruthy();
}, 30_000);

it('asks before the sample directory takes the place of a real one', async () => {
  const fake = createFakeConsole();
  const { user } = show(fake);

  await user.click(await findButton('Use sample directory'));

  await screen.findByText('Use the sample directory?');
}, 30_000);
