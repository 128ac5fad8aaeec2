import { expect, test } from '../fixtures.ts';
import { consoleIsReady, expectAccessible } from '../support/consolePage.ts';

test('an empty console says so and shows the way to the first users', async ({ page }) => {
  await consoleIsReady(page);
  await expect(page.getByRole('heading', { name: 'No users yet' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Try the sample directory' })).toBeEnabled();
  await expect(page).toHaveTitle(/MFA Server Console/);
  await expectAccessible(page);
});

test('the directory pane says what is configured', async ({ page }) => {
  await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Directory Integration' }).click();
  await expect(page.getByRole('heading', { name: 'Directory Integration', level: 1 })).toBeVisible();
  await expect(page.getByRole('heading', { level: 2 })).toBeVisible();
  await expectAccessible(page);
});

test('the menus can be used with the keyboard alone', async ({ page }) => {
  await consoleIsReady(page);
  await page.getByRole('button', { name: 'Help', exact: true }).press('Enter');
  await page.getByRole('menuitem', { name: 'About' }).press('Enter');
  await expect(page.getByRole('dialog', { name: /About/ })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`follows the ${colorScheme} scheme of the system, with enough contrast`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await consoleIsReady(page);
    await expect(page.locator('html')).toHaveCSS('color-scheme', colorScheme);
    await expectAccessible(page);
  });
}
