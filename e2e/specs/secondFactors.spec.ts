import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { call, consoleIsReady, expectAccessible } from '../support/consolePage.ts';

/** Users with a PIN, which the vault must be open for. */
async function addUsers(page: Page): Promise<void> {
  await consoleIsReady(page);
  await call(page, 'app', 'unlockVault', { passphrase: 'a passphrase for tests' });
  await call(page, 'users', 'add', {
    ...{ username: 'anna', firstName: 'Anna', lastName: 'Miller', phone: '+19134884271', method: 'call', mode: 'pin', pin: '2749' },
    mustChangePin: false,
  });
  await page.reload();
  await consoleIsReady(page);
}

/** Opens an entry of a menu with the keyboard alone. */
async function chooseByKeyboard(page: Page, menu: string, entry: string): Promise<void> {
  await page.getByRole('button', { name: menu, exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: entry }).focus();
  await page.keyboard.press('Enter');
}

/** A command of the Users pane, for the user in the first row, with the keyboard alone. */
async function openForFirst(page: Page, command: string): Promise<void> {
  await page.getByRole('grid', { name: 'Users' }).locator('[data-index="0"]').click();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: command }).focus();
  await page.keyboard.press('Enter');
}

test('a PIN is tested, wrong ones are counted, and an administrator unlocks', async ({ page }, testInfo) => {
  await addUsers(page);
  await openForFirst(page, 'Test…');
  const dialog = page.getByRole('dialog', { name: 'Test anna' });
  const pin = dialog.getByLabel('PIN');
  await expect(pin).toBeVisible();
  await expectAccessible(page, 'test: before');

  await pin.focus();
  await page.keyboard.type('2749');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Not verified to the end')).toBeVisible();
  await expect(dialog.getByText(/^Phone call – not possible/)).toBeVisible();
  await expect(pin).toHaveValue('');
  await expectAccessible(page, 'test: right PIN');
  await page.screenshot({ path: testInfo.outputPath('test-right.png') });

  for (const left of ['4 more wrong attempts lock the user.', '3 more', '2 more', 'One more wrong attempt locks the user.']) {
    await pin.fill('0000');
    await page.keyboard.press('Enter');
    await expect(dialog.getByText(left)).toBeVisible();
  }
  await pin.fill('0000');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText(/^Locked until/)).toBeVisible();
  await pin.fill('2749');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('There were too many wrong PINs or codes.')).toBeVisible();
  await expectAccessible(page, 'test: locked');
  await page.screenshot({ path: testInfo.outputPath('test-locked.png') });

  await dialog.getByRole('button', { name: 'Unlock' }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog.getByText(/^Locked until/)).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a one-time bypass is started, seen, used up by a test, and another one is revoked', async ({ page }, testInfo) => {
  await addUsers(page);
  await openForFirst(page, 'One-time bypass…');
  const dialog = page.getByRole('dialog', { name: 'One-time bypass for anna' });
  await expect(dialog.getByLabel('Seconds')).toHaveValue('300');
  await expect(dialog.getByRole('button', { name: 'Start' })).toBeDisabled();
  await dialog.getByLabel('Reason').focus();
  await page.keyboard.press('Shift+Tab');
  await expect(dialog.getByText('Give a reason.')).toBeVisible();
  await expectAccessible(page, 'bypass: reason missing');
  await dialog.getByLabel('Seconds').fill('1801');
  await dialog.getByLabel('Reason').fill('Phone at home');
  await expect(dialog.getByRole('button', { name: 'Start' })).toBeDisabled();
  await dialog.getByLabel('Seconds').fill('600');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText(/^Open until .*, for one sign-in\.$/)).toBeVisible();
  await expectAccessible(page, 'bypass: started');
  await page.screenshot({ path: testInfo.outputPath('bypass-started.png') });
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);

  await chooseByKeyboard(page, 'Tools', 'One-time bypasses…');
  const list = page.getByRole('dialog', { name: 'One-time bypasses' });
  await expect(list.getByRole('row').filter({ hasText: 'Phone at home' })).toContainText('Open');
  await expectAccessible(page, 'bypasses');
  await page.screenshot({ path: testInfo.outputPath('bypasses.png') });
  await page.keyboard.press('Escape');

  await openForFirst(page, 'Test…');
  const testing = page.getByRole('dialog', { name: 'Test anna' });
  await expect(testing.getByText('A one-time bypass is open. A test uses it up, as a sign-in does.')).toBeVisible();
  await testing.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(testing.getByText('Succeeded')).toBeVisible();
  await testing.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(testing.getByText('This user needs a PIN.')).toBeVisible();
  await page.keyboard.press('Escape');

  await call(page, 'bypasses', 'start', { user: { username: 'ANNA' }, reason: 'Again' });
  await chooseByKeyboard(page, 'Tools', 'One-time bypasses…');
  await list.getByRole('button', { name: 'Revoke the bypass of anna' }).focus();
  await page.keyboard.press('Enter');
  await expect(list.getByText('The bypass of anna is revoked.')).toBeVisible();
  await expect(list.getByText('Nobody may skip the second factor now.')).toBeVisible();
  await list.getByLabel('Show').selectOption('All, newest first');
  await expect(list.getByRole('row').filter({ hasText: 'Again' })).toContainText('Revoked');
  await expect(list.getByRole('row').filter({ hasText: 'Phone at home' })).toContainText('Used');
  await expectAccessible(page, 'bypasses: all');
});

test('security questions are added, moved, changed and removed with the keyboard', async ({ page }, testInfo) => {
  await addUsers(page);
  await chooseByKeyboard(page, 'Tools', 'Security questions…');
  const dialog = page.getByRole('dialog', { name: 'Security questions' });
  const rows = dialog.getByRole('row');
  await expect(rows).toHaveCount(7);
  await expectAccessible(page, 'questions');
  await page.screenshot({ path: testInfo.outputPath('questions.png') });

  await dialog.getByLabel('New question').focus();
  await page.keyboard.type('What did you call your first bicycle?');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Added.')).toBeVisible();
  await expect(rows.last()).toContainText('What did you call your first bicycle?');
  await dialog.getByLabel('New question').fill('what did you call your first BICYCLE?');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('The question was not changed.');
  await dialog.getByLabel('New question').fill('');

  await dialog.getByRole('button', { name: 'Move up: What did you call your first bicycle?' }).focus();
  await page.keyboard.press('Enter');
  await expect(rows.nth(6)).toContainText('bicycle');
  await expect(dialog.getByRole('button', { name: 'Move up: What did you call your first bicycle?' })).toBeFocused();

  await dialog.getByRole('button', { name: 'Edit: What did you call your first bicycle?' }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog.getByLabel('Change question')).toBeFocused();
  await dialog.getByLabel('Change question').fill('Which colour had your first bicycle?');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Saved.')).toBeVisible();

  // Answers go only after a question.
  const { questions } = (await call(page, 'questions', 'list', { language: 'en' })) as { questions: { id: number; text: string }[] };
  const { id: questionId } = questions.find(({ text }) => text.startsWith('Which colour'))!;
  await call(page, 'questions', 'setAnswers', { user: { username: 'anna' }, answers: [{ questionId, answer: 'Red' }] });
  await dialog.getByRole('button', { name: 'Remove: Which colour had your first bicycle?' }).focus();
  await page.keyboard.press('Enter');
  const question = page.getByRole('alertdialog', { name: 'Remove this question?' });
  await expect(question).toContainText('One user has answered it.');
  await expectAccessible(page, 'questions: remove');
  await question.getByRole('button', { name: 'Remove' }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Removed.')).toBeVisible();
  await expect(rows).toHaveCount(7);

  await dialog.getByLabel('Language', { exact: true }).selectOption('de: German');
  await expect(dialog.getByText('Wie hieß Ihr erstes Stofftier?')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});
