import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isFolderOpen, keepFolderToAccount, letsOthersIn } from './windowsFolderRights.ts';

const account = 'S-1-5-21-1004336348-1177238915-682003330-1001';
/** As %ProgramData% hands its rights down on Windows Server 2022. */
const inherited = 'D:AI(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)(A;OICIIOID;GA;;;CO)(A;OICIID;0x1200a9;;;BU)(A;CIID;DCLCRPCR;;;BU)';
const ours = `D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;${account})`;

describe('the access list of a folder', () => {
  it.each([
    ['what %ProgramData% hands down', inherited, true],
    ['system, administrators and one account', ours, false],
    ['the same with an owner, a group and an audit list', `O:BAG:${account}${ours}S:AI(AU;OICISA;FA;;;WD)`, false],
    ['everyone', 'D:(A;OICI;FR;;;WD)', true],
    ['everyone, by number', 'D:(A;;FA;;;S-1-1-0)', true],
    ['users of the domain', 'D:PAI(A;OICI;FA;;;SY)(A;OICI;FR;;;S-1-5-21-1-2-3-513)', true],
    ['everyone refused', `D:(D;;FA;;;WD)(A;;FA;;;${account})`, false],
    ['everyone under a condition', 'D:(XA;;FR;;;WD;(@User.Title=="PM"))', true],
    ['no entry at all', 'D:P', false],
    ['no access list', `O:BAG:BA`, true],
    ['an access list that is switched off', 'D:NO_ACCESS_CONTROL', true],
  ])('with %s', (_what, descriptor, isOpen) => {
    expect(letsOthersIn(descriptor)).toBe(isOpen);
    expect(letsOthersIn(`data\r\n${descriptor}\r\n`)).toBe(isOpen);
  });
});

/** Stand for the programs of Windows, which are not to be had where this is tested. */
describe.skipIf(process.platform === 'win32')('the programs of Windows', () => {
  let folder: string;
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'folder-rights-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  function program(name: string, ...lines: string[]): string {
    const file = join(folder, name);
    writeFileSync(file, ['#!/bin/sh', ...lines].join('\n'));
    chmodSync(file, 0o755);
    return file;
  }
  const whoami = () => program('whoami', `echo '"corp\\svc-mfa","${account}"'`);

  it('are told to leave the folder to three accounts, by their identifiers', () => {
    const icacls = program('icacls', `printf '%s\\n' "$@" > '${folder}/args'`);
    keepFolderToAccount('C:\\Data', { icacls, whoami: whoami() });
    expect(readFileSync(join(folder, 'args'), 'utf8').trim().split('\n')).toEqual([
      ...['C:\\Data', '/inheritance:r', '/grant:r'],
      ...['*S-1-5-18:(OI)(CI)F', '*S-1-5-32-544:(OI)(CI)F', `*${account}:(OI)(CI)F`],
    ]);
  });

  it('change nothing when nobody knows whose folder it is, and their failures are failures', async () => {
    const refused = program('refused', "echo 'Access is denied.' >&2", 'exit 5');
    const silent = program('silent', 'exit 0');
    expect(() => keepFolderToAccount('C:\\Data', { icacls: refused, whoami: silent })).toThrow('whoami does not say');
    expect(() => keepFolderToAccount('C:\\Data', { icacls: refused, whoami: whoami() })).toThrow('Access is denied.');
    await expect(isFolderOpen('C:\\Data', { icacls: refused, whoami: silent })).rejects.toThrow('Access is denied.');
  });

  it('say who may read a folder', async () => {
    writeFileSync(join(folder, 'list'), Buffer.from(`\uFEFFData\r\n${inherited}\r\n`, 'utf16le'));
    const icacls = program('saved', `[ "$2" = /save ] && cp '${folder}/list' "$3"`);
    expect(await isFolderOpen('C:\\Data', { icacls, whoami: '' })).toBe(true);
  });
});
