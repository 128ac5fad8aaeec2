import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { call, consoleIsReady, expectAccessible } from '../support/consolePage.ts';

interface Saved {
  readonly revision: number;
  readonly settings: Record<string, unknown> & { readonly pinRules: Record<string, unknown> };
}

const read = (page: Page) => call(page, 'company', 'get', null) as Promise<Saved>;

async function saveElsewhere(page: Page, change: Record<string, unknown>): Promise<void> {
  const { revision, settings } = await read(page);
  await call(page, 'company', 'save', { revision, settings: { ...settings, ...change } });
}

const paneButton = (page: Page, name: string) => page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name, exact: true });

async function openCompany(page: Page): Promise<void> {
  await consoleIsReady(page);
  await paneButton(page, 'Company Settings').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Company Settings', level: 1 })).toBeVisible();
  await expect(page.getByLabel('When user is disabled:')).toBeVisible();
}

async function screenshots(page: Page, name: (size: string, scheme: string) => string): Promise<void> {
  for (const [width, height] of [
    [1024, 768],
    [1920, 1080],
  ] as const) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: name(`${width}`, colorScheme) });
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: 'light' });
}

test('company settings are changed with the keyboard alone', async ({ page }, testInfo) => {
  test.slow();
  await openCompany(page);
  await expectAccessible(page, 'general');
  const disabled = page.getByLabel('When user is disabled:');
  await disabled.focus();
  await page.keyboard.press('ArrowDown');
  await expect(disabled).toHaveValue('succeed');
  await expect(page.getByText(/When a user is disabled, authentication succeeds/)).toBeVisible();
  await page.getByRole('checkbox', { name: 'Prevent weak PINs' }).focus();
  await page.keyboard.press('Space');
  const days = page.getByLabel('Expiration days:');
  await days.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('9x');
  await expect(page.getByText('Enter a number of days from 0 to 999.')).toBeVisible();
  await expect(page.getByRole('tab', { name: 'General (1)' })).toBeVisible();
  await expectAccessible(page, 'general: problem');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('One field has to be corrected.')).toBeVisible();
  expect((await read(page)).revision).toBe(0);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('90');
  await expect(page.getByText('There are changes that are not applied.')).toBeVisible();
  await screenshots(page, (size, scheme) => testInfo.outputPath(`general-${size}-${scheme}.png`));
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Changes applied.')).toBeVisible();
  expect(await read(page)).toMatchObject({
    revision: 1,
    settings: { whenDisabled: 'succeed', pinRules: { preventWeak: false, expirationDays: 90 } },
  });
});

test('unsaved changes are asked about before the pane is left', async ({ page }) => {
  await openCompany(page);
  await page.getByLabel('Minimum length:').selectOption('8');
  await paneButton(page, 'Users').press('Enter');
  const question = page.getByRole('alertdialog', { name: 'Discard your changes?' });
  await expect(question).toBeVisible();
  await expectAccessible(page, 'question');
  await page.keyboard.press('Escape');
  await expect(question).toHaveCount(0);
  await expect(page.getByLabel('Minimum length:')).toHaveValue('8');
  await paneButton(page, 'Users').press('Enter');
  await question.getByRole('button', { name: 'Discard' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Users', level: 1 })).toBeVisible();
  await paneButton(page, 'Company Settings').press('Enter');
  await expect(page.getByLabel('Minimum length:')).toHaveValue('4');
  await paneButton(page, 'Users').press('Enter');
  await expect(page.getByRole('heading', { name: 'Users', level: 1 })).toBeVisible();
});

test('what somebody else saves meanwhile is neither lost nor does it take what was typed', async ({ page }, testInfo) => {
  await openCompany(page);
  await page.getByLabel('Minimum length:').selectOption('8');
  await saveElsewhere(page, { whenInternetDown: 'succeed' });
  const differences = page.getByRole('region', { name: 'Differences' });
  await expect(differences.getByText(/has saved other company settings meanwhile/)).toBeVisible();
  await expect(differences.getByRole('row', { name: /When internet is not accessible Fail .* Succeed/ })).toBeVisible();
  await expect(differences.getByRole('row', { name: 'Minimum length 8 digits 4 digits' })).toBeVisible();
  await expectAccessible(page, 'conflict');
  await page.screenshot({ path: testInfo.outputPath('conflict.png') });
  await page.getByLabel('Minimum length:').press('Control+s');
  expect((await read(page)).settings.pinRules).toMatchObject({ minLength: 4 });
  await differences.getByRole('button', { name: 'Keep my changes' }).press('Enter');
  await expect(page.getByText(/Your changes stand on top of theirs/)).toBeVisible();
  await page.getByLabel('Minimum length:').press('Control+s');
  await expect(page.getByText('Changes applied.')).toBeVisible();
  expect((await read(page)).settings).toMatchObject({ whenInternetDown: 'succeed', pinRules: { minLength: 8 } });

  await page.getByLabel('Minimum length:').selectOption('9');
  await saveElsewhere(page, { whenInternetDown: 'fail' });
  await differences.getByRole('button', { name: 'Load theirs' }).click();
  await expect(page.getByLabel('Minimum length:')).toHaveValue('8');
  await expect(page.getByLabel('When internet is not accessible:')).toHaveValue('fail');
});

test('a name can be tried out, and how it is matched can be chosen', async ({ page }, testInfo) => {
  await openCompany(page);
  await call(page, 'users', 'add', { username: 'anna' });
  // From within a page, which goes: there and back.
  await page.getByLabel('Minimum length:').press('Control+PageDown');
  await expect(page.getByRole('tab', { name: 'Username Resolution', selected: true })).toBeFocused();
  await page.keyboard.press('Control+PageUp');
  await expect(page.getByRole('tab', { name: 'General', selected: true })).toBeFocused();
  await page.keyboard.press('Control+PageDown');
  await expect(page.getByRole('tab', { name: 'Username Resolution', selected: true })).toBeFocused();
  await page.getByRole('radio', { name: /No resolution/ }).focus();
  await page.keyboard.press('Space');
  await expect(page.getByText('There are changes that are not applied.')).toBeVisible();
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Changes applied.')).toBeVisible();
  const name = page.getByLabel('Name:');
  await name.press('Enter');
  await expect(page.getByText('Enter a name first.')).toBeVisible();
  await name.fill('CONTOSO\\anna');
  await name.press('Enter');
  await expect(page.getByText('This is the user anna.')).toBeVisible();
  await expect(page.getByText('Looked for: “CONTOSO\\anna”, then “anna”.')).toBeVisible();
  await expectAccessible(page, 'username resolution');
  await screenshots(page, (size, scheme) => testInfo.outputPath(`resolution-${size}-${scheme}.png`));
  await name.fill('bob');
  await name.press('Enter');
  await expect(page.getByText('No user has this name.')).toBeVisible();
});

test('texts are written by language, checked while they are typed, and given back', async ({ page }, testInfo) => {
  test.slow();
  await openCompany(page);
  await page.getByRole('tab', { name: 'Text Message' }).click();
  await page.getByLabel('Language:').selectOption('de');
  const box = page.getByRole('textbox', { name: 'One-Way OTP:' });
  await expect(box).toHaveValue(/^Ihr Code/);
  await box.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Code: <$opt$>');
  await expect(page.getByText('Position 7: there is no variable <$opt$>. The text must contain <$otp$>.')).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Text Message (1)' })).toBeVisible();
  await expectAccessible(page, 'text message: problem');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Code: ');
  await page.getByRole('button', { name: 'Insert <$otp$> into One-Way OTP', exact: true }).press('Enter');
  await expect(box).toHaveValue('Code: <$otp$>');
  await expect(box).toBeFocused();
  await expect(page.getByText('Written by your company. One SMS. Sample: Code: 123456')).toBeVisible();
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Changes applied.')).toBeVisible();
  expect((await read(page)).settings).toMatchObject({ texts: { textMessage: { de: { 'one-way-otp': 'Code: <$otp$>' } } } });
  await screenshots(page, (size, scheme) => testInfo.outputPath(`texts-${size}-${scheme}.png`));
  await page.getByRole('button', { name: 'Reset One-Way OTP to the shipped text' }).press('Enter');
  await expect(box).toHaveValue(/^Ihr Code/);

  await page.getByRole('tab', { name: 'OATH Token Text' }).click();
  await expectAccessible(page, 'OATH token text');
  await page.getByRole('textbox', { name: 'Wrong code:' }).fill('Use <$otp$>');
  await expect(page.getByText('Position 5: <$otp$> cannot be used here.')).toBeVisible();
  await screenshots(page, (size, scheme) => testInfo.outputPath(`oath-${size}-${scheme}.png`));
  await page.getByRole('button', { name: 'Discard', exact: true }).click();
  await expect(page.getByText('There are changes that are not applied.')).toHaveCount(0);
});

test('the Users pane warns while disabled users may authenticate', async ({ page }, testInfo) => {
  await consoleIsReady(page);
  const warning = page.getByText('Company Settings let disabled users authenticate without a second factor.');
  await expect(warning).toHaveCount(0);
  await saveElsewhere(page, { whenDisabled: 'succeed' });
  await expect(warning).toBeVisible();
  await expectAccessible(page, 'users: warning');
  await page.screenshot({ path: testInfo.outputPath('users.png') });
  await saveElsewhere(page, { whenDisabled: 'fail' });
  await expect(warning).toHaveCount(0);
});
