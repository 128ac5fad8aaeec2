// @vitest-environment jsdom
import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import { cleanup, configure, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { ClientProvider, type ConsoleClient } from '../../app/client.tsx';
import { createFakeConsole, job, row } from '../testing/fakeConsole.ts';
import { findButton } from '../testing/findButton.ts';
import { layOutElements } from '../testing/layout.ts';
import { JobReportDialog } from './JobReportDialog.tsx';

beforeAll(() => {
  configure({ asyncUtilTimeout: 20_000 });
  layOutElements();
});
afterEach(cleanup);

function show(fake: ReturnType<typeof createFakeConsole>, jobId = 'import-1') {
  const onImported = vi.fn();
  render(
    <FluentProvider theme={webLightTheme}>
      <ClientProvider value={fake.client as ConsoleClient}>
        <JobReportDialog jobId={jobId} onClose={() => {}} onImported={onImported} />
      </ClientProvider>
    </FluentProvider>,
  );
  return { user: userEvent.setup(), onImported };
}

it('opens the rows of an import that ended long ago', async () => {
  const fake = createFakeConsole({
    rows: [row(1), row(2, { warnings: [{ warning: 'phone-not-valid', field: 'phone', value: 'ask reception' }] })],
  });
  fake.put(job('import-1', { state: 'done', finishedAt: 60_000 }));
  const { user, onImported } = show(fake);

  await screen.findByText(/is not a valid phone number.*ask reception/);
  await user.click(await findButton('Show imported users'));

  expect(onImported).toHaveBeenCalledWith('import-1');
}, 30_000);

it('says what an interrupted import means for the users', async () => {
  const fake = createFakeConsole();
  fake.put(job('import-1', { state: 'interrupted', finishedAt: 1 }));
  show(fake);

  await screen.findByText('The console stopped while this import was running. No user was changed. Start it again.');
}, 30_000);

it('explains why an import failed and what to do', async () => {
  const fake = createFakeConsole();
  fake.put(job('import-1', { state: 'failed', finishedAt: 1, error: { code: 'bad-credentials', message: '49', ref: 'r1' } }));
  show(fake);

  await screen.findByText('The import failed. No user was changed.');
  await screen.findByText(/The directory does not accept this name and password\. Check the name/);
}, 30_000);

it('follows an import that still runs to its end', async () => {
  const fake = createFakeConsole();
  fake.put(job('import-1'));
  show(fake);
  await screen.findByText('Reading the directory');

  fake.endJob('import-1');

  await screen.findByRole('grid', { name: 'Users of this import' });
}, 30_000);

it('says that the list of a preview is gone', async () => {
  const fake = createFakeConsole();
  fake.client.imports.summary = async () => Promise.reject(new AppError('not-found', 'Gone.'));
  fake.put(job('preview-1', { state: 'done', finishedAt: 1 }));
  show(fake, 'preview-1');

  await screen.findByText('The list of this preview was discarded when the import dialog was left.');
}, 30_000);
