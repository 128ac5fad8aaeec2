import {
  answerWith,
  cutAfter,
  dropConnection,
  repeatCookie,
  resultCode,
  stallAfter,
  type Fault,
} from '../../electron/platform/ldapServer/index.ts';
import { expect, test } from '../fixtures.ts';
import { configureDirectory, consoleIsReady, expectAccessible } from '../support/consolePage.ts';
import { importAll, openImport, storedUsers } from '../support/importDialog.ts';
import { directoryTimeouts } from '../../shared/contract/directory.contract.ts';

interface ImportFault {
  readonly fault: Fault;
  readonly sentence: string;
  /** What the details say about how much was read. */
  readonly entries?: string;
}

const faults: Record<string, ImportFault> = {
  'the size limit in the middle of the read': {
    fault: cutAfter({ entries: 30 }),
    sentence: 'The directory stopped because its size limit was reached.',
    entries: '30',
  },
  'the time limit in the middle of the read': {
    fault: cutAfter({ entries: 20, code: resultCode.timeLimitExceeded }),
    sentence: 'The directory stopped because its time limit was reached.',
    entries: '20',
  },
  'a connection that is lost on page 2, every time': {
    fault: dropConnection({ page: 2, entries: 10 }),
    sentence: 'The connection was lost.',
  },
  'a server that falls silent': { fault: stallAfter({ entries: 10 }), sentence: 'The server did not answer in time.' },
  'a server that repeats a page without end': {
    fault: repeatCookie({ page: 2 }),
    sentence: 'The directory repeats the same page without end.',
  },
  'a server that is too busy': {
    fault: answerWith({ operation: 'search', code: resultCode.busy }),
    sentence: 'The directory is too busy to answer.',
  },
};

test('an import that the directory breaks off changes nobody and says why', async ({ page, contoso }) => {
  test.slow();
  const directory = await contoso();
  await consoleIsReady(page);
  const waits = directoryTimeouts.parse({ connectMs: 2_000, firstAnswerMs: 1_000, idleMs: 1_000, totalMs: 30_000 });
  await configureDirectory(page, directory.settings({ timeouts: waits }), directory.password);
  await importAll(page, `OU=Sales,${directory.baseDn}`);
  const before = await storedUsers(page);
  const dialog = await openImport(page);
  await dialog.getByLabel('Update existing users').check();
  const filter = dialog.getByLabel('User filter:');
  await filter.fill('(cn=*)');
  await filter.blur();

  for (const [name, { fault, sentence, entries }] of Object.entries(faults)) {
    await test.step(name, async () => {
      directory.misbehave(fault);
      await dialog.getByRole('button', { name: 'Import', exact: true }).click();
      const alert = dialog.getByRole('alert').filter({ hasText: 'No user was changed.' });
      await expect.soft(alert, name).toContainText(sentence, { timeout: 20_000 });
      if (entries !== undefined) {
        await alert.getByRole('button', { name: 'Details' }).click();
        await expect.soft(alert.getByRole('term').filter({ hasText: 'entries' }).locator('+ dd'), name).toHaveText(entries);
      }
      directory.misbehave(null);
      expect(await storedUsers(page), name).toBe(before);
      await dialog.getByRole('button', { name: 'Back' }).click();
      await expect(filter, name).toHaveValue('(cn=*)');
      await expect(dialog.getByLabel('Update existing users'), name).toBeChecked();
    });
  }

  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog.getByText(/^\d+ users added/)).toBeVisible({ timeout: 20_000 });
});

test('a connection that is lost once is made again, and everybody is imported', async ({ page, contoso }) => {
  const directory = await contoso();
  await consoleIsReady(page);
  await configureDirectory(page, directory.settings(), directory.password);
  let left = 1;
  const drop = dropConnection({ page: 3 });
  directory.misbehave((next) => ({ ...next, openSession: (peer) => (left-- > 0 ? drop(next) : next).openSession(peer) }));
  const dialog = await openImport(page);
  await dialog.getByRole('button', { name: 'Preview…' }).click();
  await expect(dialog.getByText(/^Read \d+, complete/)).toBeVisible({ timeout: 20_000 });
});

test('a filter that cannot be read is marked in the dialog where it breaks', async ({ page, contoso }) => {
  const directory = await contoso();
  await consoleIsReady(page);
  await configureDirectory(page, directory.settings(), directory.password);
  const dialog = await openImport(page);
  const filter = dialog.getByLabel('User filter:');
  await filter.fill('(&(cn=*)b)');
  await filter.blur();
  await expect(dialog.getByText('This is not a valid LDAP filter: problem at character 9.')).toBeVisible();
  for (const name of ['Preview…', 'Import']) await expect(dialog.getByRole('button', { name, exact: true })).toBeDisabled();
  await expectAccessible(page);
  await filter.fill('(cn=A*)');
  await filter.blur();
  await expect(dialog.getByRole('button', { name: 'Import', exact: true })).toBeEnabled();
});

test('a directory that is gone is said where its people would be, and can be tried again', async ({ page, contoso }) => {
  const directory = await contoso();
  await consoleIsReady(page);
  await configureDirectory(page, directory.settings(), directory.password);
  await directory.close();
  await page
    .getByRole('group', { name: 'Commands' })
    .getByRole('button', { name: /^Import from/ })
    .click();
  const dialog = page.getByRole('dialog', { name: /^Import from/ });
  await expect(dialog.getByText('The computer answered, but nothing listens on this port.').first()).toBeVisible();
  await expectAccessible(page);

  await contoso({ port: directory.port });
  await dialog.getByText('Try again').first().click();
  await expect(dialog.getByRole('treeitem', { name: /contoso/ })).toBeVisible();
});

test('an import that is cancelled changes nobody; a page that is loaded again shows it running', async ({ page, contoso }) => {
  const directory = await contoso();
  await consoleIsReady(page);
  await configureDirectory(
    page,
    directory.settings({ timeouts: directoryTimeouts.parse({ connectMs: 5_000, firstAnswerMs: 60_000, idleMs: 60_000, totalMs: 60_000 }) }),
    directory.password,
  );
  await importAll(page, `OU=Sales,${directory.baseDn}`);
  const before = await storedUsers(page);
  const dialog = await openImport(page);
  directory.misbehave(stallAfter({ entries: 10 }));

  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog.getByText('Importing users.')).toBeVisible();
  await page.reload();

  const strip = page.getByRole('region', { name: 'Work in progress' });
  await expect(strip.getByRole('progressbar', { name: /^Import:/ })).toBeVisible();
  // The pane may come later than what is at work.
  await expect(page.getByRole('heading', { name: 'Users', level: 1 })).toBeVisible();
  await expectAccessible(page);
  await strip.getByRole('button', { name: /^Import:/ }).click();
  const report = page.getByRole('dialog', { name: 'Import report' });
  await expect(report.getByText('Running')).toBeVisible();
  await expectAccessible(page);

  await report.getByRole('button', { name: 'Cancel' }).click();
  await expect(report.getByText('The import was cancelled. No user was changed.')).toBeVisible();
  await expectAccessible(page);
  expect(await storedUsers(page)).toBe(before);
  await report.getByRole('button', { name: 'Close' }).last().click();
  await expect(strip.getByText('Cancelled')).toBeVisible();
  await strip.getByRole('button', { name: 'Dismiss' }).click();
  await expect(strip).toHaveCount(0);
});
