import { expect, type Locator, type Page } from '@playwright/test';

/** What an administrator types in "Edit LDAP Configuration". What is left out stays as it is. */
export interface Typed {
  readonly host?: string;
  readonly port?: number;
  readonly security?: 'LDAPS' | 'StartTLS' | 'None (plain text)';
  readonly bindDn?: string;
  readonly password?: string;
  readonly baseDn?: string;
  readonly caPem?: string;
  /** Seconds, for each of the waits before an answer. */
  readonly waitSeconds?: number;
}

export async function openConfiguration(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Tools', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Directory configuration…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit LDAP Configuration' });
  await expect(dialog.getByLabel('Host of server 1')).toBeVisible();
  return dialog;
}

function fields(dialog: Locator) {
  return {
    host: dialog.getByLabel('Host of server 1'),
    port: dialog.getByLabel('Port of server 1'),
    security: dialog.getByLabel('Security of server 1'),
    bindDn: dialog.getByLabel('Bind DN:'),
    password: dialog.getByLabel('Password:'),
    baseDn: dialog.getByLabel('Base DN:'),
    caPem: dialog.getByLabel('Certificate authorities (PEM):'),
  };
}

export async function typeConfiguration(dialog: Locator, { security, port, waitSeconds, ...texts }: Typed): Promise<void> {
  const field = fields(dialog);
  if (security !== undefined) await field.security.selectOption(security);
  const allowPlain = dialog.getByLabel('I know this and want to sign in without encryption');
  if (security === 'None (plain text)') await allowPlain.check();
  for (const [name, text] of Object.entries({ ...texts, ...(port === undefined ? {} : { port: String(port) }) }))
    await field[name as keyof typeof field].fill(text);
  if (waitSeconds === undefined) return;
  for (const name of ['Connect within:', 'First answer within:', 'Between two answers:'])
    await dialog.getByLabel(name).fill(String(waitSeconds));
}

/** The values as they stand in the form: a failure must not cost anybody what was typed. */
export async function typedValues(dialog: Locator): Promise<Record<string, string>> {
  const named = Object.entries(fields(dialog)).map(async ([name, field]) => [name, await field.inputValue()] as const);
  return Object.fromEntries(await Promise.all(named));
}

/** Runs one of the two tests and waits for its end; resolves to the list of its steps. */
export async function runTest(dialog: Locator, button: 'Test connection' | 'Test login', outcome: 'passed' | 'failed'): Promise<Locator> {
  await dialog.getByRole('button', { name: button }).click();
  const name = button === 'Test connection' ? 'Connection test' : 'Login test';
  await expect(dialog.getByText(new RegExp(`^${name} ${outcome}`))).toBeVisible({ timeout: 20_000 });
  return dialog.getByRole('list', { name: 'Steps of the test' });
}
