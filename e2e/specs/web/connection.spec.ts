import type { Page, WebSocketRoute } from '@playwright/test';
import { expect, noKeychain, test } from '../../fixtures.ts';
import { startWebHost } from '../../hosts/web.ts';
import { openConfiguration, typeConfiguration, typedValues } from '../../support/configurationForm.ts';
import { call, consoleIsReady, expectAccessible, importSample } from '../../support/consolePage.ts';

const lost = 'The connection to the server was lost. Trying to connect again…';

/** Lets a test pull the plug between page and server, and put it in again. */
async function plug(page: Page) {
  let isOut = false;
  const open = new Set<WebSocketRoute>();
  await page.routeWebSocket('**/socket', (socket) => {
    if (isOut) return void socket.close({ code: 4000 });
    open.add(socket);
    socket.connectToServer();
  });
  await page.reload();
  await consoleIsReady(page);
  return {
    async pull() {
      isOut = true;
      for (const socket of open) await socket.close({ code: 4000 });
      open.clear();
    },
    putIn: () => void (isOut = false),
  };
}

test('a lost connection is said, made again, and costs nothing that was typed', async ({ page }) => {
  const { pull, putIn } = await plug(page);
  const dialog = await openConfiguration(page);
  await typeConfiguration(dialog, { host: 'dc1.contoso.example', security: 'LDAPS', bindDn: 'cn=reader', baseDn: 'DC=contoso,DC=example' });
  const typed = await typedValues(dialog);

  await pull();
  await expect(page.getByText(lost)).toBeVisible();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(dialog.getByRole('alert').filter({ hasText: 'The configuration was not saved.' })).toContainText('The connection was lost.');
  await expectAccessible(page);

  putIn();
  await expect(page.getByText(lost)).toHaveCount(0);
  expect(await typedValues(dialog)).toEqual(typed);
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(dialog.getByText('Saved.', { exact: true })).toBeVisible();
});

test('a list that is asked for while there is no connection comes with it', async ({ page }) => {
  const { pull, putIn } = await plug(page);
  await importSample(page);
  await pull();
  await expect(page.getByText(lost)).toBeVisible();
  await page.getByLabel('Search users').fill('phone.');
  putIn();
  await expect(page.getByText(/^\d of \d+ users$/)).toBeVisible();
  await expect(page.getByText(lost)).toHaveCount(0);
});

test('after the server was killed and started again, users are there and a new sign-in is asked for', async ({
  page,
  webHost,
  folder,
  closeAfterwards,
}) => {
  await importSample(page);
  const counted = await page.getByText(/^[1-9]\d* users$/).textContent();
  await webHost!.stop('SIGKILL');
  await expect(page.getByText(lost)).toBeVisible();

  const again = await startWebHost(folder, noKeychain, Number(new URL(webHost!.origin).port));
  closeAfterwards(() => again.stop());
  await expect(page.getByText(/^Your session has ended\./)).toBeVisible();
  await expectAccessible(page);

  await page.goto(again.signInLink);
  await expect(page.getByText(counted!, { exact: true })).toBeVisible();
});

test('after the server was killed and started again, the wizard goes on where it was', async ({
  page,
  webHost,
  folder,
  closeAfterwards,
}) => {
  await page.getByRole('button', { name: 'Set up step by step' }).press('Enter');
  const wizard = page.getByRole('region', { name: 'Authentication Configuration Wizard' });
  for (const step of [1, 2]) {
    await expect(wizard.getByText(new RegExp(`^Step ${step} of 6`))).toBeVisible();
    await wizard.getByRole('button', { name: 'Next' }).press('Enter');
  }
  await expect(wizard.getByText(/^Step 3 of 6: Email\./)).toBeVisible();
  await expect.poll(() => call(page, 'app', 'preference', { key: 'setupStep' })).toEqual({ value: '"email"' });
  await webHost!.stop('SIGKILL');

  const again = await startWebHost(folder, noKeychain, Number(new URL(webHost!.origin).port));
  closeAfterwards(() => again.stop());
  await page.goto(again.signInLink);
  await expect(wizard.getByText(/^Step 3 of 6: Email\./)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Email', level: 1 })).toBeVisible();
});
