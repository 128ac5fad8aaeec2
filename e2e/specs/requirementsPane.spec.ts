import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, test } from '../fixtures.ts';
import { consoleIsReady, expectAccessible } from '../support/consolePage.ts';

test('what this computer lacks is said with what to do, and its clock is compared with a time server', async ({
  page,
  closeAfterwards,
}, testInfo) => {
  // Answers with a clock that is a day ahead (RFC 4330).
  const clock = createSocket('udp4');
  clock.on('message', (question, { address, port }) => {
    const answer = Buffer.alloc(48);
    answer.writeUInt8((4 << 3) | 4, 0);
    answer.writeUInt8(2, 1);
    question.copy(answer, 24, 40, 48);
    const seconds = Math.floor(Date.now() / 1000) + 86_400 + 2_208_988_800;
    answer.writeUInt32BE(seconds % 2 ** 32, 32);
    answer.writeUInt32BE(seconds % 2 ** 32, 40);
    clock.send(answer, port, address);
  });
  clock.bind(0, '127.0.0.1');
  await once(clock, 'listening');
  closeAfterwards(async () => void clock.close());

  await consoleIsReady(page);
  await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Requirements' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Requirements', level: 1 })).toBeVisible();
  const list = page.getByRole('table', { name: 'Requirements' });
  await expect(list.getByRole('row', { name: /Disk/ })).toContainText('are free where the data is kept');
  const keychain = list.getByRole('row', { name: /Keychain/ });
  await expect(keychain).toContainText('Failed');
  await expect(keychain).toContainText('Set a passphrase in the window');
  await expect(page.getByText(/\d+ failed\. Checked /)).toBeVisible({ timeout: 20_000 });

  await page.getByRole('button', { name: 'Time server…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Time Server' });
  await expect(dialog.getByLabel('Time server:')).toHaveValue('time.windows.com');
  await dialog.getByLabel('Time server:').fill('not a server');
  await dialog.getByLabel('Time server:').press('Enter');
  await expect(dialog.getByText('A host name or an IP address, with or without :port.')).toBeVisible();
  await dialog.getByLabel('Time server:').fill(`127.0.0.1:${clock.address().port}`);
  await expectAccessible(page, 'time server');
  await dialog.getByLabel('Time server:').press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(list.getByRole('row', { name: /Clock/ })).toContainText(/24 h behind that of 127\.0\.0\.1/, { timeout: 20_000 });
  await expect(page.getByText(/\d+ failed\. Checked /)).toBeVisible({ timeout: 20_000 });
  await expectAccessible(page, 'found');
  await page.screenshot({ path: testInfo.outputPath('requirements.png') });

  await list.getByRole('button', { name: 'History of Clock' }).press('Enter');
  const past = page.getByRole('dialog', { name: 'History of Clock' });
  await expect(past.getByRole('row', { name: /Failed .*24 h behind/ })).toBeVisible();
  await page.screenshot({ path: testInfo.outputPath('history.png') });
  await page.keyboard.press('Escape');
  await expect(past).toHaveCount(0);
  await page.getByRole('combobox', { name: 'Check by itself:' }).selectOption('Every hour');

  // Status says so, and leads back.
  const panes = page.getByRole('navigation', { name: 'Panes' });
  await panes.getByRole('button', { name: 'Status', exact: true }).press('Enter');
  const attention = page.getByRole('list', { name: 'Needs attention' });
  await expect(attention.getByText(/^1 requirement is not met\. The clock of this computer is 24 h behind/)).toBeVisible();
  await page.screenshot({ path: testInfo.outputPath('status.png') });
  await attention.getByRole('button', { name: 'Open Requirements' }).press('Enter');
  await expect(page.getByRole('combobox', { name: 'Check by itself:' })).toHaveValue('1');

  // It is a target of the Firewall page, too.
  await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Firewall' }).press('Enter');
  const row = page.getByRole('grid', { name: 'Targets' }).getByRole('row', { name: /Time server/ });
  await expect(row).toContainText('Warning');
  await row.click();
  const details = page.getByRole('region', { name: `127.0.0.1:${clock.address().port}/udp` });
  await expect(details.getByText(/^The clock of this computer is 86[34]\d\d s behind/)).toBeVisible();
  await expect(details.getByText(/^\d+ ms$/)).toBeVisible();
  await page.screenshot({ path: testInfo.outputPath('timeServer.png') });
});
