import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../../shared/contract/errors.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import { sendTokenFile, tokenImportLogCsv } from '../../../shared/tokens/tokenFiles.ts';
import { readSecretLines } from '../secretLines.ts';
import { formatTable } from '../table.ts';
import { text, tokenText } from '../text.ts';
import { textOption, type ConsoleClient, type Verb } from '../verb.ts';
import { followJob } from './importVerb.ts';

/** For scripts that cannot pipe. Never an argument: arguments are visible to every account of the machine. */
const passwordVariable = 'MFA_TOKEN_FILE_PASSWORD';
const shownRows = 50;

async function send(client: ConsoleClient, file: string): Promise<string> {
  const found = await stat(file).catch((cause: unknown) => {
    throw new AppError('not-found', `The file ${file} cannot be read.`, { cause, details: { file } });
  });
  const handle = await open(file, 'r');
  try {
    return await sendTokenFile(client.tokens, {
      name: basename(file),
      size: found.size,
      async readPart(from, to) {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(to - from), 0, to - from, from);
        if (bytesRead < to - from) throw new AppError('conflict', 'The file became shorter while it was read.', { details: { file } });
        return buffer.toString('base64');
      },
    });
  } finally {
    await handle.close();
  }
}

async function writeLog(client: ConsoleClient, jobId: string, file: string): Promise<void> {
  const handle = await open(file, 'w', 0o600);
  try {
    for await (const part of tokenImportLogCsv(client.tokens, jobId)) await handle.write(part);
  } finally {
    await handle.close();
  }
}

export const tokensImport: Verb = {
  name: 'tokens import',
  usage: 'FILE [--password-stdin] [--dry-run] [--log FILE.csv]',
  summary: `Imports tokens from PSKC XML or CSV, or with --dry-run shows what an import would do. The password or key of a PSKC file comes on standard input or in ${passwordVariable}.`,
  example: 'mfactl tokens import tokens.xml --password-stdin --log import-log.csv < password.txt',
  options: { 'password-stdin': { type: 'boolean' }, 'dry-run': { type: 'boolean' }, log: { type: 'string' } },
  positionals: { min: 1, max: 1 },
  async run(call) {
    const { client, terminal, options, positionals } = call;
    const { 'password-stdin': piped } = await readSecretLines(call, ['password-stdin']);
    const variable = terminal.env[passwordVariable];
    const password = piped ?? (variable ? new Secret(variable) : undefined);
    const importId = await send(client, positionals[0] ?? '');
    try {
      const planned = await client.tokens.readImport({ importId, password: password?.reveal() });
      if (options['dry-run']) {
        const { rows } = await client.tokens.importRows({ importId, onlySkipped: true, limit: shownRows });
        return { json: { counts: planned, skipped: rows }, text: withSkipped(tokenText.importPlanned(planned), rows) };
      }
      const { jobId } = await client.tokens.startImport({ importId });
      await followJob(client, terminal, jobId);
      const { counts, rows } = await client.tokens.importLog({ jobId, onlySkipped: true, limit: shownRows });
      const log = textOption(call, 'log');
      if (log) await writeLog(client, jobId, log);
      const said = [tokenText.imported(counts), ...(log ? [text.reportWritten(log)] : [])].join('\n');
      return { json: { jobId, counts, skipped: rows }, text: withSkipped(said, rows) };
    } finally {
      // After an import it is gone already.
      await client.tokens.discardImport({ importId });
    }
  },
};

function withSkipped(said: string, rows: readonly { readonly row: number; readonly serial: string; readonly text: string }[]): string {
  if (rows.length === 0) return said;
  return [said, ...rows.map(({ row, serial, text: why }) => tokenText.skippedRow(row, serial, why))].join('\n');
}

export const tokensLog: Verb = {
  name: 'tokens import-log',
  usage: 'JOB [--log FILE.csv]',
  summary: 'Shows the log of an import of tokens, or writes it into a CSV file.',
  example: 'mfactl tokens import-log 4f1c8a0e-7c1b-4c55-9d53-0a3c2f3f6c11 --log import-log.csv',
  options: { log: { type: 'string' } },
  positionals: { min: 1, max: 1 },
  async run(call) {
    const { client, positionals } = call;
    const [jobId = ''] = call.positionals;
    const file = textOption(call, 'log');
    const answer = await client.tokens.importLog({ jobId: positionals[0] ?? '', limit: 1000 });
    if (file) {
      await writeLog(client, jobId, file);
      return { json: answer.counts, text: text.reportWritten(file) };
    }
    const rows = answer.rows.map(({ row, serial, added, text: note }) => [String(row), serial, added ? 'added' : 'skipped', note]);
    const more = answer.total > rows.length ? `\n${tokenText.moreRows(rows.length, answer.total)}` : '';
    return { json: answer, text: `${formatTable(['Row', 'Serial number', 'Outcome', 'Note'], rows)}${more}` };
  },
};
