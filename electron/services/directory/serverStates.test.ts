import { afterEach, expect, it } from 'vitest';
import { createLdaptsDirectory } from '../../platform/directory/ldaptsDirectory.ts';
import { startSampleDirectory, type SampleDirectory } from '../../platform/ldapServer/index.ts';
import { createServerStates } from './serverStates.ts';
import { neverAborted, testPassword, testTarget } from './testing/settings.ts';

const servers: SampleDirectory[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));
async function serve() {
  const server = await startSampleDirectory({ servicePassword: testPassword });
  servers.push(server);
  return server;
}
const at = (port: number) => ({ host: '127.0.0.1', port, security: 'none' as const });

it('knows which server was passed over and which one answered', async () => {
  const [down, up] = [await serve(), await serve()];
  const downPort = down.port;
  await servers.shift()!.close();
  const states = createServerStates(createLdaptsDirectory(), () => 5);
  const all = [at(downPort), at(up.port), at(1)];
  expect(states.of(all)).toEqual([]);

  await (await states.directory.open(testTarget(0, { servers: all }), neverAborted)).close();

  expect(states.of(all)).toEqual([
    { host: '127.0.0.1', port: downPort, answers: false, at: 5, text: 'The computer answers, but nothing listens on this port.' },
    { host: '127.0.0.1', port: up.port, answers: true, at: 5, text: '' },
  ]);
});

it('takes a refused password for an answer, and tells whoever else looks on', async () => {
  const server = await serve();
  const states = createServerStates(createLdaptsDirectory(), () => 5);
  const steps: string[] = [];
  const target = testTarget(server.port, { bindDn: 'CN=Nobody,DC=contoso,DC=example' });

  const opened = states.directory.open(target, neverAborted, { observe: ({ step, state }) => void steps.push(`${step} ${state}`) });

  await expect(opened).rejects.toMatchObject({ code: 'bad-credentials' });
  expect(states.of([at(server.port)])).toMatchObject([{ answers: true }]);
  expect(steps).toContain('bind failed');
});
