/** The servers that the tests need, from Debian's packages. Elsewhere it only says what is missing. */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program that shows that the need is met, the packages that bring it, and what cannot run without. */
const needs = [
  { program: 'openssl', packages: ['openssl'], suite: 'tests with certificates' },
  {
    program: 'samba',
    packages: ['samba', 'samba-ad-dc', 'samba-ad-provision', 'winbind', 'krb5-user', 'ldb-tools'],
    suite: 'tests against Active Directory (Samba)',
  },
  { program: 'ldbadd', packages: ['ldb-tools'], suite: 'tests against Active Directory (Samba)' },
  { program: 'slapd', packages: ['slapd', 'ldap-utils'], suite: 'tests against OpenLDAP' },
  { program: 'postfix', packages: ['postfix', 'sasl2-bin', 'libsasl2-modules'], suite: 'tests against a mail server (Postfix)' },
  { program: 'saslpasswd2', packages: ['sasl2-bin'], suite: 'tests against a mail server (Postfix)' },
  { program: 'gnome-keyring-daemon', packages: ['gnome-keyring', 'libsecret-tools'], suite: 'tests with a keychain' },
  { program: 'dbus-run-session', packages: ['dbus', 'dbus-x11'], suite: 'tests with a keychain' },
  { program: 'chromium', packages: ['chromium'], suite: 'tests in the browser' },
];

const doNotStart = '/usr/sbin/policy-rc.d';

/** Installs what is missing where it may; resolves to the names of the suites that cannot run here. */
export function preparePrograms(say) {
  if (process.platform !== 'linux') {
    say('Real servers are started on Debian only: tests against them, with a keychain and in the browser are skipped here.');
    return [...new Set(needs.map(({ suite }) => suite))];
  }
  const missing = needs.filter(isMissing);
  if (missing.length > 0 && existsSync('/etc/debian_version') && process.getuid() === 0)
    install([...new Set(missing.flatMap(({ packages }) => packages))], say);
  const stillMissing = missing.filter(isMissing);
  for (const { program, packages, suite } of stillMissing) {
    say(`${program} is missing, so ${suite} are skipped. On Debian it comes with: apt-get install ${packages.join(' ')}`);
  }
  return [...new Set(stillMissing.map(({ suite }) => suite))];
}

function isMissing({ program }) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return !folders.some((folder) => existsSync(join(folder, program)));
}

function install(packages, say) {
  say(`Installing Debian packages: ${packages.join(' ')}. This happens once and takes some minutes.`);
  const mayStart = !existsSync(doNotStart);
  // The tests start their own servers; the system's would take their ports.
  if (mayStart) writeFileSync(doNotStart, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    const isUpdated = apt(['update'], say);
    if (isUpdated) apt(['install', '-y', '--no-install-recommends', ...packages], say);
  } finally {
    if (mayStart) rmSync(doNotStart);
  }
}

function apt(args, say) {
  const { status, stderr } = spawnSync('apt-get', ['-qq', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (status !== 0) say(`apt-get ${args[0]} failed: ${stderr.trim().split('\n').at(-1)}`);
  return status === 0;
}
