import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import axeCore, { type Result, type RunOptions } from 'axe-core';

/** Notes from the next load on what the policy of the page refuses. */
export async function watchPolicy(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const refused: string[] = [];
    addEventListener('securitypolicyviolation', (event) => refused.push(`${event.effectiveDirective} ${event.blockedURI}`));
    Object.assign(window, { refused });
  });
  await page.reload();
  await consoleIsReady(page);
  return () => page.evaluate(() => (window as unknown as { refused: string[] }).refused);
}

export async function consoleIsReady(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Users', level: 1 })).toBeVisible();
}

/** Fails with what axe (WCAG 2.2 A and AA, best practices) finds wrong on the screen as it is now; the test goes on to its other screens. */
export async function expectAccessible(page: Page, screen?: string): Promise<void> {
  await animationsEnd(page);
  const floats = (await page.getByRole('menu').or(page.getByRole('listbox')).count()) > 0;
  const options = {
    // What passes is not told apart node by node: that took more than half of the time.
    resultTypes: ['violations'],
    // Menus and lists of choices float above the page, so no landmark can hold them.
    rules: { region: { enabled: !floats } },
  } satisfies RunOptions;
  const violations = page.frames().length > 1 ? await violationsInFrames(page, options) : await violationsOnPage(page, options);
  const found = violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.map(({ html }) => html.slice(0, 160)) }));
  expect.soft(found, screen).toEqual([]);
}

/** What is still fading in has too little contrast for a moment. Waits for nothing that goes round and round. */
async function animationsEnd(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ playState, effect }) => playState === 'running' && effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}

/** Fluent puts these around its tab orders; they hand the focus on at once, so nobody can rest on them. */
const focusGuards = '[data-tabster-dummy]';

/** Axe is brought to a page once, not at each look at it. */
async function violationsOnPage(page: Page, options: RunOptions): Promise<Result[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeCore.source);
  return page.evaluate(
    async ([exclude, chosen]) => {
      const { axe } = window as unknown as { axe: typeof axeCore };
      return (await axe.run({ exclude: [[exclude]] }, chosen)).violations;
    },
    [focusGuards, options] as const,
  );
}

async function violationsInFrames(page: Page, options: RunOptions): Promise<Result[]> {
  // The newer mode opens a second page, which a desktop host does not allow.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options(options).exclude(focusGuards);
  return (await axe.analyze()).violations;
}

/** From an empty console to the import dialog on the sample directory, with everybody chosen. */
export async function openSampleImport(page: Page) {
  await page.getByRole('button', { name: 'Try the sample directory' }).click();
  const dialog = page.getByRole('dialog', { name: /^Import from/ });
  await expect(dialog.getByRole('button', { name: 'Import', exact: true })).toBeEnabled({ timeout: 20_000 });
  return dialog;
}

/** Imports everybody of the sample directory and ends in the Users pane. */
export async function importSample(page: Page): Promise<void> {
  const dialog = await openSampleImport(page);
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog.getByRole('button', { name: 'Show imported users' })).toBeVisible({ timeout: 30_000 });
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(/^[1-9]\d* users$/)).toBeVisible();
}

export interface RawReply {
  readonly type: string;
  readonly output?: unknown;
  readonly error?: { readonly code: string; readonly ref: string; readonly message: string };
}

/** Sends a message past the client, as a renderer would that somebody has tampered with; resolves to the reply with its id. */
export function sendRaw(page: Page, message: { readonly id: number } & Record<string, unknown>): Promise<RawReply> {
  return page.evaluate((sent) => {
    type Reply = { id?: number } & RawReply;
    return new Promise<Reply>((resolve) => {
      const take = (reply: unknown) => (reply as Reply).id === sent.id && resolve(reply as Reply);
      if (window.consoleBridge) {
        window.consoleBridge.onMessage(take);
        window.consoleBridge.send(sent);
        return;
      }
      const socket = new WebSocket(`ws://${location.host}/socket`);
      socket.addEventListener('message', (event: MessageEvent<string>) => take(JSON.parse(event.data)));
      socket.addEventListener('open', () => socket.send(JSON.stringify(sent)));
    });
  }, message);
}

let lastId = 2_000_000;

/** Calls the console as the page does, and resolves to the output. Rejects with the code and the message of a failure. */
export async function call(page: Page, service: string, method: string, input: unknown): Promise<unknown> {
  const reply = await sendRaw(page, { type: 'call', id: ++lastId, service, method, input });
  if (reply.type !== 'done') throw new Error(`${service}.${method}: ${reply.error?.code}: ${reply.error?.message}`);
  return reply.output;
}

/** Configures a directory without its dialog. Where there is no keychain, the vault gets a passphrase first. */
export async function configureDirectory(page: Page, settings: unknown, password: string): Promise<void> {
  const { vault } = (await call(page, 'app', 'status', null)) as { vault: { state: string } };
  if (vault.state !== 'keychain') await call(page, 'app', 'unlockVault', { passphrase: 'a passphrase for tests' });
  await call(page, 'directory', 'set', { settings, password });
  await page.reload();
  await consoleIsReady(page);
}
