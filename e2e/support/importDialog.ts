import { expect, type Locator, type Page } from '@playwright/test';
import type { Job } from '../../shared/contract/jobs.contract.ts';
import { call } from './consolePage.ts';

/** Opens the import dialog on the configured directory; everybody in it is chosen. */
export async function openImport(page: Page): Promise<Locator> {
  await page
    .getByRole('group', { name: 'Commands' })
    .getByRole('button', { name: /^Import from/ })
    .click();
  const dialog = page.getByRole('dialog', { name: /^Import from/ });
  await chooseEverybody(dialog);
  return dialog;
}

export async function chooseEverybody(dialog: Locator): Promise<void> {
  // While the tree is being read, its first line only says so, and cannot be selected.
  await dialog.locator('[role="treeitem"][aria-level="1"][aria-selected]').click();
  await dialog.getByLabel('Import:', { exact: true }).selectOption('Selected Container and below');
  await expect(dialog.getByRole('button', { name: 'Import', exact: true })).toBeEnabled();
}

/** Imports everybody below a DN without the dialog: what a spec needs before it begins. Resolves to the id of the job. */
export async function importAll(page: Page, baseDn: string): Promise<string> {
  const request = { scope: { kind: 'containers', dns: [baseDn], below: true }, phone: 'mobile' };
  const { jobId } = (await call(page, 'imports', 'start', { request })) as { jobId: string };
  await expect.poll(async () => ((await call(page, 'jobs', 'get', { jobId })) as Job).state).toBe('done');
  return jobId;
}

/** Every user of the console as it is stored: equal texts before and after mean that nothing was changed. */
export async function storedUsers(page: Page): Promise<string> {
  return JSON.stringify(await call(page, 'users', 'list', { limit: 1000 }));
}

/** The counter above the list of a preview or a result, for example 'Skipped'. */
export function counter(dialog: Locator, name: string): Locator {
  return dialog.getByRole('group', { name: 'Filter the list' }).getByRole('button', { name: new RegExp(`^${name} `) });
}

/** The list of a preview or a result. */
export function reportRows(dialog: Locator): Locator {
  return dialog.getByRole('grid', { name: 'Users of this import' }).getByRole('row');
}
