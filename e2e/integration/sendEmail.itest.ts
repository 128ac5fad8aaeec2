import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createKeychainHome } from '../servers/keychain.ts';
import { startMailSink } from '../servers/mailSink.ts';
import { hasProgram } from '../servers/sharedServers.ts';
import { temporaryFolder } from '../support/commands.ts';

const canRun = process.platform === 'linux' && hasProgram('dbus-run-session') && hasProgram('gnome-keyring-daemon');
const home = createKeychainHome();
const { folder, remove } = temporaryFolder('send-email');
afterAll(() => (home.remove(), remove()));

interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(commands: readonly { args: readonly string[]; stdin?: string }[], data = 'data'): Promise<Answer[]> {
  const { stdout, stderr } = await home.run('unlocked', join(import.meta.dirname, 'mailSession.ts'), [JSON.stringify(commands)], {
    MFA_DATA_DIR: join(folder, data),
  });
  expect(stdout, stderr).not.toBe('');
  return JSON.parse(stdout) as Answer[];
}

const words = (line: string): { args: string[] } => ({ args: line.split(' ') });

describe.skipIf(!canRun)('what is done to users with --send-email', { timeout: 180_000 }, () => {
  test('puts the mails of the rules into the outbox, foretold before; held ones go when they are released', async () => {
    const people = join(folder, 'people.csv');
    writeFileSync(people, 'username,email,phone\nemil,emil@corp.example,+14255550110\nfrida,,+14255550111\n');
    const sink = await startMailSink(() => {});
    const anna = 'anna@corp.example --phone 425-555-0100 --method call --mode pin --pin-stdin';

    const [
      unready,
      set,
      foretold,
      added,
      bob,
      same,
      changed,
      dry,
      enabled,
      held,
      relay,
      served,
      direct,
      servedAll,
      planned,
      imported,
      listed,
      off,
      none,
    ] = await run([
      words('users add early@corp.example --send-email'),
      words(`email set --from mfa@corp.example --host 127.0.0.1 --port ${sink.port} --security none --rate 0`),
      { ...words(`users add ${anna} --dry-run`), stdin: '2739514\n' },
      { ...words(`users add ${anna} --send-email`), stdin: '2739514\n' },
      words('users add bob --email bob@corp.example --phone 425-555-0101 --enabled no'),
      words('users set anna@corp.example --group Sales --send-email'),
      words('users set anna@corp.example --backup 425-555-0109 --send-email --json'),
      words('users edit --where enabled:no --set enabled=yes --send-email new --dry-run'),
      words('users enable bob --send-email new'),
      words('outbox list --state held --json'),
      words('email set --mode relay'),
      words('outbox release --all'),
      words('users add carl@corp.example --phone 425-555-0102 --send-email'),
      words('serve until sent 4'),
      words(`users import-csv ${people} --send-email new --dry-run`),
      words(`users import-csv ${people} --send-email new`),
      words('outbox list --json'),
      words('email set --send off'),
      words('users add dora@corp.example --phone 425-555-0103 --send-email'),
    ]);
    await sink.stop();

    expect(unready).toMatchObject({ code: 1, err: expect.stringContaining('From is not set') });
    for (const step of [set, relay, served]) expect(step, step?.err).toMatchObject({ code: 0 });
    expect(foretold?.out).toContain('Preview: nothing was written. call-pin-new-user would go to anna@corp.example');
    expect(added?.out, added?.err).toContain('Mail call-pin-new-user to anna@corp.example held.');
    expect(added?.out).not.toContain('2739514');
    expect(bob?.out).not.toContain('ail ');
    expect(same?.out).toContain('No mail: nothing changed that a mail tells.');
    expect(JSON.parse(changed!.out)).toMatchObject({ mail: { template: 'call-pin-updated-user', state: 'held' } });
    expect(dry?.out).toContain('Mails that would be sent: 1\n  1  call-standard-new-user');
    expect(enabled?.out).toContain('Mails in the outbox: 1');
    expect((JSON.parse(held!.out) as { total: number }).total).toBe(3);
    expect(direct?.out).toContain('Mail call-standard-new-user to carl@corp.example put into the outbox.');
    expect(servedAll).toMatchObject({ code: 0 });
    expect(sink.received.size).toBe(4);
    expect([...sink.received.values()]).toEqual([1, 1, 1, 1]);
    expect(planned?.out, planned?.err).toContain(
      'Mails that would be sent: 1\n  1  call-standard-new-user\n  1  get none: the user has no e-mail address',
    );
    expect(imported?.out, imported?.err).toContain('Mails in the outbox: 1\nWithout a mail: 1\n  frida: There is no e-mail address');
    expect(listed?.out).toContain('emil@corp.example');
    expect(off).toMatchObject({ code: 0 });
    expect(none?.out).toContain('No mail: Send emails to users is off.');
  });

  test('an import in a mode with PIN gives new users one and puts it into their mails, by Company Settings too', async () => {
    const [, , imported, lacking, shown, , , other, texted] = await run(
      [
        words('call directory.useSample null'),
        words('email set --mode hold --from mfa@corp.example'),
        words('import --from OU=Finance,DC=contoso,DC=example --phone mobile --enable new --mode pin --send-email new'),
        words('users count --where missing:pin'),
        words('outbox show 1'),
        words('company set userDefaults.method text'),
        words('company set userDefaults.textMode two-way-otp-pin'),
        words('import --from OU=Support,DC=contoso,DC=example --phone mobile --enable new'),
        words('users count --where method:text/two-way-otp-pin'),
      ],
      'pins',
    );

    expect(imported?.out).toMatch(/Mails in the outbox: 1\d/);
    expect(lacking?.out.trim()).toBe('0');
    expect(shown?.out).toContain('call-pin-new-user');
    expect(other?.out).toContain('Imported.');
    expect(Number(texted?.out)).toBeGreaterThan(20);
  });
});
