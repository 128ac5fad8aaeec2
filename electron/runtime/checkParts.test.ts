import { expect, it } from 'vitest';
import { serversOnNetwork } from './checkParts.ts';

it('checks the way to the servers of a directory, but not to the sample directory, whose last port nobody listens on', () => {
  const servers = [{ host: '127.0.0.1', port: 45_403, security: 'none' as const }];

  expect(serversOnNetwork({ sample: false, servers })).toEqual(servers);
  expect(serversOnNetwork({ sample: true, servers })).toEqual([]);
  expect(serversOnNetwork(null)).toEqual([]);
});
