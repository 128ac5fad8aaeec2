import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/contract/errors.ts';
import { runCommandLine } from './runCommandLine.ts';
import type { ConsoleClient, Verb, VerbOutput } from './verb.ts';
import { consoleVerbs } from './verbs/consoleVerbs.ts';
import { createHelpVerb } from './verbs/helpVerb.ts';

/** Clears the screen, in the seven-bit and in the eight-bit form; then turns the reading direction around. */
const hostile = 'a\u001b[2J\u009b2J\u202eb';

async function run(args: string[], work: () => Promise<VerbOutput>, verbs: readonly Verb[] = [], stdin = '') {
  const out: string[] = [];
  const errors: string[] = [];
  const show: Verb = { name: 'show', usage: '', summary: '', example: '', options: {}, positionals: { min: 0, max: 0 }, run: work };
  const exitCode = await runCommandLine(args, {
    verbs: [show, ...verbs],
    terminal: { readStdin: async () => stdin, env: {}, progress: () => {}, onInterrupt: () => () => {}, print: () => {} },
    writeOut: (line) => out.push(line),
    writeError: (line) => errors.push(line),
    connect: async () => ({ client: { users: { count: () => {} } } as unknown as ConsoleClient, close: async () => {} }),
    offline: () => ({
      checkBackup: () => Promise.reject(new Error('unused')),
      restore: () => Promise.reject(new Error('unused')),
      giveUp: () => {},
    }),
    serve: async () => {},
  });
  return { exitCode, out: out.join('\n'), errors: errors.join('\n') };
}

describe('what mfactl prints', () => {
  it('holds nothing that could steer the terminal', async () => {
    const printed = await run(['show'], async () => ({ json: null, text: `first ${hostile}\nsecond` }));

    expect(printed).toMatchObject({ exitCode: 0, out: 'first a [2J 2J b\nsecond' });
  });

  it('holds nothing of that kind as JSON either, and the same values', async () => {
    const { out } = await run(['show', '--json'], async () => ({ json: { name: hostile }, text: '' }));

    expect(out).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    expect(JSON.parse(out)).toEqual({ name: hostile });
  });

  it.each([[['show']], [['show', '--json']]])('holds nothing of that kind in errors: %j', async (args) => {
    const { exitCode, errors } = await run(args, async () => {
      throw new AppError('certificate-unknown', 'Not known.', { details: { subject: hostile } });
    });

    expect(exitCode).toBe(1);
    expect(errors).toContain('certificate-unknown');
    expect(errors).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  });

  it.each([[[]], [['--help']], [['-h']]])('is the list of verbs when nothing else is asked for: %j', async (args) => {
    const verbs: Verb[] = [createHelpVerb(() => verbs)];
    const { exitCode, out } = await run(args, async () => ({ json: null, text: '' }), verbs);

    expect([exitCode, out]).toEqual([0, expect.stringContaining('the command line of MFA Server Console')]);
  });

  it('does not repeat an input that is not JSON: it may hold a password', async () => {
    const { exitCode, errors } = await run(['call', 'users.count', '-'], async () => ({ json: null, text: '' }), consoleVerbs, 'hunter2');

    expect(exitCode).toBe(2);
    expect(errors).not.toContain('hunter2');
  });
});

describe('what mfactl says of a failure', () => {
  it('is a sentence where the file system refused a file that was named', async () => {
    const { exitCode, errors } = await run(['show', '--json'], () =>
      readFile('/no/such/file', 'utf8').then(() => ({ json: null, text: '' })),
    );

    expect(exitCode).toBe(1);
    expect(JSON.parse(errors)).toMatchObject({ code: 'not-found', message: expect.stringContaining('There is no /no/such/file') });
  });

  it('names a folder that was given for a file, as far as the system tells', async () => {
    const { errors } = await run(['show'], () => readFile(tmpdir(), 'utf8').then(() => ({ json: null, text: '' })));

    expect(errors).toContain('A file is needed');
  });

  it('is JSON with --json, also when the words are wrong', async () => {
    const { exitCode, errors } = await run(['show', '--fly', '--json'], async () => ({ json: null, text: '' }));

    expect(exitCode).toBe(2);
    expect(JSON.parse(errors)).toMatchObject({ code: 'usage', message: expect.stringContaining('--fly') });
  });
});
