import { expect, it } from 'vitest';
import { proxySettings } from '../../../shared/contract/network.contract.ts';
import { readNetworkSettings } from './readNetworkSettings.ts';

const own = { name: '', host: 'proxy.example', port: 8080, tls: false, optional: false };
const first = { own: [], switched: {}, everyHours: 24, proxy: proxySettings.parse({}), eventConfirmation: false };

it('reads what was saved', () => {
  const saved = { ...first, own: [own], switched: { 'a:1': false }, everyHours: 6, eventConfirmation: true };
  expect(readNetworkSettings(saved)).toEqual(saved);
  expect(readNetworkSettings(undefined)).toEqual(first);
});

it('goes without what cannot be read, and keeps the rest: the way out of this computer hangs on it', () => {
  expect(readNetworkSettings({ own: [own], switched: 5, everyHours: 'often', proxy: { mode: 'odd' } })).toEqual({ ...first, own: [own] });
  expect(readNetworkSettings({ own: [own, { host: '' }], everyHours: 6 })).toEqual({ ...first, own: [own], everyHours: 6 });
  for (const saved of [{ x: 1 }, 'nonsense', [], 7]) expect(readNetworkSettings(saved)).toEqual(first);
});
