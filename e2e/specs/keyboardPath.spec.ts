import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { consoleIsReady, expectAccessible } from '../support/consolePage.ts';

/** Presses a key until the control with this name has the focus. Fails when it cannot be reached. */
async function reach(page: Page, name: string | RegExp, key = 'Tab'): Promise<void> {
  const isThere = () =>
    page.evaluate(() => {
      const element = document.activeElement;
      if (!element) return '';
      const labels = (element as HTMLInputElement).labels ?? [];
      return element.getAttribute('aria-label') ?? ([...labels].map(({ textContent }) => textContent).join(' ') || element.textContent);
    });
  const seen: string[] = [];
  for (let pressed = 0; pressed < 60; pressed++) {
    const found = ((await isThere()) ?? '').trim();
    if (typeof name === 'string' ? found === name : name.test(found)) return;
    seen.push(found);
    await page.keyboard.press(key);
  }
  throw new Error(`The focus never came to ${String(name)}. It was on: ${seen.join(' | ')}`);
}

test('from the first start to people in the list without a pointer', async ({ page }) => {
  await consoleIsReady(page);
  await expect(page.getByRole('button', { name: 'Try the sample directory' })).toBeVisible();

  await reach(page, 'Try the sample directory');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: /^Import from/ });
  await expect(dialog.getByRole('button', { name: 'Preview…' })).toBeEnabled({ timeout: 20_000 });

  // Into the tree, down and open, and back to everybody.
  await reach(page, 'Containers');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('treeitem', { selected: true })).not.toHaveText(/contoso\.example/);
  await page.keyboard.press('Home');

  await reach(page, 'Preview…');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText(/^The import would add \d+ users/)).toBeVisible({ timeout: 20_000 });
  await reach(page, /^Import \d+ users$/);
  await page.keyboard.press('Enter');
  await expect(dialog.getByText(/^\d+ users added/)).toBeVisible({ timeout: 20_000 });
  await reach(page, 'Show imported users');
  await page.keyboard.press('Enter');

  const grid = page.getByRole('grid', { name: 'Users' });
  await expect(grid.locator('[data-index="0"]')).toBeVisible();
  // The focus is not lost with the dialog: it is in the list, where the people are.
  await expect(grid).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const username = page.getByRole('dialog', { name: 'Edit User' }).getByLabel('Username:');
  await expect(username).toBeFocused();
  // A dialog explains itself without being closed.
  const help = page.getByRole('dialog', { name: 'Help: Users' });
  await page.keyboard.press('F1');
  await expect(help.getByRole('region', { name: 'Help: Users' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(help).toHaveCount(0);
  await expect(username).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(grid).toBeFocused();

  // The pane explains itself.
  await page.keyboard.press('F1');
  await expect(help.getByText('mfactl users list')).toBeVisible();
  await expect(help.getByRole('region', { name: 'Help: Users' })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(grid).toBeFocused();
});

test('a key that is pressed as soon as a dialog is there is meant for it', async ({ page }) => {
  await consoleIsReady(page);
  // Nobody is this quick; but whoever looks at a slow computer is as early.
  const hadFocus = page.evaluate(
    () =>
      new Promise<boolean>((resolve) => {
        new MutationObserver((_changes, observer) => {
          const dialog = document.querySelector('[role=dialog]');
          if (!dialog) return;
          observer.disconnect();
          resolve(dialog.contains(document.activeElement));
          document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
        }).observe(document, { subtree: true, childList: true });
      }),
  );

  await page.keyboard.press('F1');

  expect(await hadFocus).toBe(true);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.locator(':focus')).toBeVisible();
});
