import { expect, type Locator, type Page } from '@playwright/test';
import { call, consoleIsReady } from './consolePage.ts';

/** From which mails come, so that they have no problem of their own. */
export async function setFrom(page: Page): Promise<void> {
  const { settings } = (await call(page, 'email', 'get', null)) as { settings: object };
  const portalUrl = 'https://mfa.corp.example/portal';
  await call(page, 'email', 'set', {
    settings: { ...settings, from: 'MFA <mfa@corp.example>', companyName: 'Contoso', portalUrl, administrators: ['ops@corp.example'] },
  });
}

/** Opens the tab Email Content; resolves to the part that shows the chosen mail. */
export async function openEmailContent(page: Page): Promise<Locator> {
  await consoleIsReady(page);
  await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Email', exact: true }).click();
  await page.getByRole('tab', { name: 'Email Content' }).click();
  const mail = page.getByRole('region', { name: 'Phone Call - Standard - New User' });
  await expect(mail.getByText('Subject:')).toBeVisible();
  return mail;
}
