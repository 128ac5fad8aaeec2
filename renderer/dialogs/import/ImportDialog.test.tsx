// @vitest-environment jsdom
import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import { cleanup, configure, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { ClientProvider, type ConsoleClient } from '../../app/client.tsx';
import { findButton } from '../testing/findButton.ts';
import { layOutElements } from '../testing/layout.ts';
import { base, createFakeConsole, read, row } from '../testing/fakeConsole.ts';
import { ImportDialog } from './ImportDialog.tsx';

beforeAll(() => {
  configure({ asyncUtilTimeout: 20_000 });
  layOutElements();
});
afterEach(cleanup);

function show(fake: ReturnType<typeof createFakeConsole>, { sample = false } = {}) {
  const onClose = vi.fn();
  const onImported = vi.fn();
  render(
    <FluentProvider theme={webLightTheme}>
      <ClientProvider value={fake.client as ConsoleClient}>
        <ImportDialog sample={sample} onClose={onClose} onImported={onImported} />
      </ClientProvider>
    </FluentProvider>,
  );
  return { user: userEvent.setup(), onClose, onImported };
}

it('imports the sample people in two clicks and leads to them', async () => {
  const fake = createFakeConsole({ rows: [row(1), row(2), row(3, { outcome: 'skipped', reason: 'no-username' })] });
  const { user, onClose, onImported } = show(fake, { sample: true });

  await screen.findByText('Read 2, complete');
  await user.click(await findButton('Preview…'));
  await screen.findByText('Import preview');
  fake.endJob('preview-1');
  await user.click(await findButton('Import 2 users'));
  await screen.findByText('The import runs on when this dialog is closed.');
  fake.endJob('import-1');
  await user.click(await findButton('Show imported users'));

  expect(fake.calls.find(({ method }) => method === 'imports.preview')?.input).toMatchObject({
    scope: { kind: 'containers', dns: [base], below: true },
    phone: 'mobile',
    addNew: true,
    updateExisting: false,
  });
  expect(onImported).toHaveBeenCalledWith('import-1');
  expect(onClose).toHaveBeenCalled();
}, 30_000);

it('mails new users by default where mails leave as they are made, until somebody decides otherwise', async () => {
  const fake = createFakeConsole();
  const { get } = fake.client.email;
  fake.client.email.get = async (input) => {
    const answer = await get(input);
    return { ...answer, settings: { ...answer.settings, mode: 'relay', from: 'mfa@contoso.com' } };
  };
  const { user } = show(fake);

  const sendEmail = await screen.findByRole('checkbox', { name: 'Send email' });
  await vi.waitFor(() => expect((sendEmail as HTMLInputElement).checked).toBe(true), 20_000);

  await user.click(sendEmail);
  await user.click(screen.getByRole('tab', { name: 'Method Defaults' }));
  await user.click(screen.getByRole('tab', { name: 'Settings' }));
  expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Send email' }).checked).toBe(false);
}, 30_000);

it('leaves mails off while they are held', async () => {
  const fake = createFakeConsole();
  show(fake);
  await screen.findByText('Select one or more users in the list.');
  expect((await screen.findByRole<HTMLInputElement>('checkbox', { name: 'Send email' })).checked).toBe(false);
});

it('says what is missing before an import can start', async () => {
  show(createFakeConsole());

  await screen.findByText('Select one or more users in the list.');

  expect((await findButton('Import')).hasAttribute('disabled')).toBe(true);
}, 30_000);

it('chooses a container by the keyboard and says how the list was cut', async () => {
  const fake = createFakeConsole();
  fake.client.directory.people = async () => ({ people: [], read: read(1000, { complete: false, cutBy: 'display-limit', referrals: 2 }) });
  const { user } = show(fake);
  const tree = await screen.findByRole('tree', { name: 'Containers' });
  await within(tree).findByRole('treeitem', { name: 'Sales' });

  tree.focus();
  await user.keyboard('{ArrowDown}{ArrowDown}');

  expect(within(tree).getByRole('treeitem', { name: 'Sales', selected: true }).id).toBe(tree.getAttribute('aria-activedescendant'));
  await screen.findByText('Read 1,000 – cut by the display limit, 2 references to other servers ignored');
}, 30_000);

it('brings the administrator back to the filter that the directory refused', async () => {
  const fake = createFakeConsole();
  fake.client.imports.preview = async () => Promise.reject(new AppError('filter-malformed', 'Bad.', { details: { position: 3 } }));
  const { user } = show(fake, { sample: true });
  await screen.findByText('Read 2, complete');

  await user.click(await findButton('Preview…'));

  await screen.findByText('This is not a valid LDAP filter: problem at character 4.');
  expect(screen.getByRole('tree', { name: 'Containers' })).toBeTruthy();
}, 30_000);

it('shows what would change in an update, and why somebody is skipped', async () => {
  const changes = [{ field: 'phone', before: '+4930123', after: '+4930923' }];
  const fake = createFakeConsole({
    rows: [row(1, { outcome: 'update', changes }), row(2, { outcome: 'skipped', reason: 'username-taken', takenBy: 'other' })],
  });
  const { user } = show(fake, { sample: true });
  await screen.findByText('Read 2, complete');
  await user.click(await findButton('Preview…'));
  await screen.findByText('Import preview');
  fake.endJob('preview-1');

  await user.click(await findButton(/^Update\s*1/));
  const updated = await screen.findByRole('row', { name: /user1/ });
  expect([...updated.querySelectorAll('del, ins')].map((mark) => mark.textContent)).toEqual(['1', '9']);

  await user.click(await findButton(/^Skipped\s*1/));
  await screen.findByText('The username belongs to other. Nothing was overwritten.');
}, 30_000);

it('says that nothing was changed when an import is cancelled', async () => {
  const fake = createFakeConsole();
  const { user } = show(fake, { sample: true });
  await screen.findByText('Read 2, complete');
  await user.click(await findButton('Import'));

  await user.click(await findButton('Cancel'));

  await screen.findByText('The import was cancelled. No user was changed.');
}, 30_000);

it('says why an empty preview is empty', async () => {
  const fake = createFakeConsole({ rows: [] });
  const { user } = show(fake, { sample: true });
  await screen.findByText('Read 2, complete');
  await user.click(await findButton('Preview…'));
  await screen.findByText('Import preview');
  fake.endJob('preview-1');

  await screen.findByText(/The directory has no users in this scope\./);
}, 30_000);

it('offers the sample directory where nothing is configured', async () => {
  const fake = createFakeConsole();
  const configured = await fake.client.directory.get(null);
  fake.client.directory.get = async () => ({ settings: null, passwordStored: false });
  const { user } = show(fake);
  const offer = await findButton('Use sample directory');

  fake.client.directory.get = async () => configured;
  await user.click(offer);

  await screen.findByRole('treeitem', { name: 'Sales' });
}, 30_000);
