import { expect, test } from '../../fixtures.ts';
import { runDesktop } from '../../hosts/desktop.ts';
import { consoleIsReady } from '../../support/consolePage.ts';

test('started once more, the console brings its window to the front and opens no second one', async ({ page, desktop, folder }) => {
  await consoleIsReady(page);
  await desktop!.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    const asked: string[] = [];
    Object.assign(window!, { isMinimized: () => true, restore: () => asked.push('restore'), focus: () => asked.push('focus') });
    Object.assign(globalThis, { asked });
  });

  expect((await runDesktop(folder)).code).toBe(0);

  await expect.poll(() => desktop!.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)).toEqual(['restore', 'focus']);
  expect(await desktop!.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  await page.reload();
  await consoleIsReady(page);
});
