import { describe, expect, it } from 'vitest';
import { readCommandLine } from './commandLine.ts';
import { readServers } from './verbs/directoryVerbs.ts';
import { verbs } from './verbs/index.ts';

describe('a command line', () => {
  it('is read up to its options', () => {
    expect(readCommandLine(verbs, ['users', 'list', '--search', 'miller', '--json', '--data-dir', '/data'])).toMatchObject({
      verb: { name: 'users list' },
      options: { search: 'miller' },
      json: true,
      dataFolder: '/data',
    });
  });

  it('may begin with what every verb takes', () => {
    const read = readCommandLine(verbs, ['--data-dir', '/data', '--json', 'users', 'show', '--', '--ann']);
    expect(read).toMatchObject({ verb: { name: 'users show' }, positionals: ['--ann'], json: true, dataFolder: '/data' });
    expect(() => readCommandLine(verbs, ['--colour', 'users', 'list'])).toThrow('--colour');
    expect(() => readCommandLine(verbs, ['--data-dir', 'users', 'list'])).toThrow(expect.objectContaining({ name: 'UsageError' }));
  });

  it('finds the longer of two verbs', () => {
    expect(readCommandLine(verbs, ['jobs']).verb.name).toBe('jobs');
    expect(readCommandLine(verbs, ['jobs', 'show', 'abc'])).toMatchObject({ verb: { name: 'jobs show' }, positionals: ['abc'] });
  });

  it.each([[['fly']], [['users', 'list', '--colour']], [['users', 'show']], [['users', 'show', 'a', 'b']], [['import', '--from']]])(
    'is refused with its usage: %j',
    (args) => {
      expect(() => readCommandLine(verbs, args)).toThrow(expect.objectContaining({ name: 'UsageError' }));
    },
  );
});

/** `--pin` pins a certificate; `--must-change-pin` says whether somebody has to. */
const notSecret = new Set(['pin', 'must-change-pin']);

describe('every verb', () => {
  it.each(verbs)('$name is explained by --help, whatever it takes', ({ name }) => {
    expect(readCommandLine(verbs, [...name.split(' '), '--help'])).toMatchObject({ verb: { name }, options: { help: true } });
  });

  it.each(verbs)('$name explains itself and has an example that parses', (verb) => {
    const words = verb.example.match(/'[^']*'|"[^"]*"|\S+/g)?.map((word) => word.replaceAll(/^['"]|['"]$/g, '')) ?? [];
    const end = words.indexOf('<');

    expect(words[0]).toBe('mfactl');
    expect(readCommandLine(verbs, words.slice(1, end < 0 ? undefined : end)).verb.name).toBe(verb.name);
    expect(verb.summary).toMatch(/\.$/);
  });

  it('takes no password as an argument', () => {
    const valued = verbs.flatMap(({ options }) => Object.entries(options).filter(([, { type }]) => type === 'string'));

    expect(valued.map(([name]) => name).filter((name) => /pass|secret|pin$/.test(name) && !notSecret.has(name))).toEqual([]);
  });
});

describe('servers', () => {
  it('come from their addresses, with the ports of their kind', () => {
    expect(readServers('ldaps://dc1.corp.example,ldaps://[::1]:1636', false)).toEqual([
      { host: 'dc1.corp.example', port: 636, security: 'ldaps' },
      { host: '::1', port: 1636, security: 'ldaps' },
    ]);
    expect(readServers('ldap://dc1', true)).toEqual([{ host: 'dc1', port: 389, security: 'starttls' }]);
    expect(readServers('ldap://dc1', false)).toEqual([{ host: 'dc1', port: 389, security: 'none' }]);
  });

  it.each(['dc1.corp.example', 'http://dc1', 'ldaps://', ''])('are refused when they are none: %j', (urls) => {
    expect(() => readServers(urls, false)).toThrow(expect.objectContaining({ name: 'UsageError' }));
  });

  it('cannot have StartTLS over LDAPS', () => {
    expect(() => readServers('ldaps://dc1', true)).toThrow(expect.objectContaining({ name: 'UsageError' }));
  });
});
