import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startProgram } from './startProgram.mjs';

const root = '/console';
const server = join(root, 'dist/server.js');
const machine = { whyNoDesktop: () => undefined, findElectron: async () => '/electron', findNode: () => '/node' };

it('opens the window where Electron runs', async () => {
  expect(await startProgram(['--more'], root, machine)).toEqual({ file: '/electron', args: [root, '--more'] });
});

it.each(['--help', '-h'])('prints its options instead of opening a window for %s, and fetches nothing for that', async (word) => {
  const findElectron = () => Promise.reject(new Error('Nobody asked for it.'));

  expect(await startProgram([word], root, { ...machine, findElectron })).toEqual({ file: '/node', args: [server, '--help'] });
});

it('opens the headless host in a browser elsewhere, and says why', async () => {
  expect(await startProgram(['--port', '1'], root, { ...machine, whyNoDesktop: () => 'There is no display' })).toEqual({
    file: '/node',
    args: [server, '--open', '--port', '1'],
    note: 'There is no display: opening the console from the headless host instead.',
  });
  const { note } = await startProgram([], root, { ...machine, findElectron: async () => undefined });
  expect(note).toMatch(/^Electron's runtime is not on this machine/);
});
