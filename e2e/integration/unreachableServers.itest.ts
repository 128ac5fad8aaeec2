import { afterEach, describe, expect, test } from 'vitest';
import { directoryTimeouts, type Security } from '../../shared/contract/directory.contract.ts';
import { createLdaptsDirectory } from '../../electron/platform/directory/ldaptsDirectory.ts';
import { defaultSettings } from '../../electron/services/directory/kinds.ts';
import { closedPort, startBabbling, startResetting, startSilent, type HostileServer } from '../servers/hostile.ts';
import { failureOf } from '../support/directoryReading.ts';

const servers: HostileServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function portOf(start: () => Promise<HostileServer>): Promise<number> {
  const server = await start();
  servers.push(server);
  return server.port;
}

async function codeOf(host: string, port: number, security: Security): Promise<string> {
  const settings = {
    ...defaultSettings.openldap,
    servers: [{ host, port, security }],
    allowPlainText: true,
    timeouts: directoryTimeouts.parse({ connectMs: 500, firstAnswerMs: 500, idleMs: 500, totalMs: 5_000 }),
  };
  const opening = createLdaptsDirectory().open({ settings, password: null }, new AbortController().signal);
  return (await failureOf(opening)).code;
}

for (const security of ['ldaps', 'starttls', 'none'] as const) {
  describe(`over ${security}`, () => {
    test('a host that does not exist is named as such', async () => {
      expect(await codeOf('no-such-host.invalid', 636, security)).toBe('host-not-found');
    });

    test('a closed port is told from a server that is gone', async () => {
      expect(await codeOf('127.0.0.1', await closedPort(), security)).toBe('refused');
    });

    test('a server that says nothing costs its connect timeout and no more', async () => {
      expect(await codeOf('127.0.0.1', await portOf(startSilent), security)).toBe('timeout');
    });

    // During the handshake it is most likely a server that expects no TLS here.
    test('a server that hangs up is recognised', async () => {
      expect(await codeOf('127.0.0.1', await portOf(startResetting), security)).toBe(
        security === 'ldaps' ? 'tls-failed' : 'connection-lost',
      );
    });

    test('something that is no directory is recognised', async () => {
      expect(await codeOf('127.0.0.1', await portOf(startBabbling), security)).toBe(security === 'ldaps' ? 'tls-failed' : 'not-ldap');
    });
  });
}
