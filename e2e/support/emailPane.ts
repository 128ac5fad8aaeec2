import { expect, type Locator, type Page } from '@playwright/test';
import type { EmailSettings } from '../../shared/contract/email.contract.ts';
import { call, consoleIsReady } from './consolePage.ts';

/** Changes saved email settings as another administrator would. */
export async function changeEmailSettings(page: Page, change: (settings: EmailSettings) => EmailSettings): Promise<void> {
  const { settings, revision } = (await call(page, 'email', 'get', null)) as { settings: EmailSettings; revision: number };
  await call(page, 'email', 'set', { settings: change(settings), revision });
}

/** From which mails come, so that they have no problem of their own. */
export async function setFrom(page: Page): Promise<void> {
  const portalUrl = 'https://mfa.corp.example/portal';
  const known = { from: 'MFA <mfa@corp.example>', companyName: 'Contoso', portalUrl, administrators: ['ops@corp.example'] };
  await changeEmailSettings(page, (settings) => ({ ...settings, ...known }));
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
