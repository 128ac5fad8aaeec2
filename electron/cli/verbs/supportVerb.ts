import { writeFile } from 'node:fs/promises';
import { AppError } from '../../../shared/contract/errors.ts';
import { supportText } from '../supportText.ts';
import { formatTable } from '../table.ts';
import { formatNumber } from '../formatNumber.ts';
import { UsageError, type ConsoleClient, type Verb } from '../verb.ts';
import { followJob } from './importVerb.ts';

async function fetchBundle(client: ConsoleClient, jobId: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (let offset: number | null = 0; offset !== null;) {
    const part: { base64: string; next: number | null } = await client.support.part({ jobId, offset });
    parts.push(Buffer.from(part.base64, 'base64'));
    offset = part.next;
  }
  return Buffer.concat(parts);
}

/** Never in the place of a file that is there. */
async function save(file: string, bundle: Buffer): Promise<void> {
  try {
    await writeFile(file, bundle, { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') throw new AppError('conflict', supportText.exists, { details: { file } });
    throw cause;
  }
}

const supportBundle: Verb = {
  name: 'support-bundle',
  usage: 'FILE.zip [--with-names] | --list [--with-names]',
  summary: 'Collects versions, settings, health, jobs, audit entries and the newest logs for whoever helps, without secrets.',
  details: supportText.details,
  example: 'mfactl support-bundle mfa-support.zip',
  options: { 'with-names': { type: 'boolean' }, list: { type: 'boolean' } },
  positionals: { min: 0, max: 1 },
  async run({ client, terminal, options, positionals: [file] }) {
    const isList = options['list'] === true;
    if (isList === (file !== undefined)) throw new UsageError(supportText.fileOrList);
    const { jobId } = await client.support.prepare({ withNames: options['with-names'] === true });
    await followJob(client, terminal, jobId);
    try {
      const { bytes, entries } = await client.support.contents({ jobId });
      if (file !== undefined) await save(file, await fetchBundle(client, jobId));
      const rows = entries.map(({ name, bytes: size, part }) => [name, formatNumber(size), supportText.parts[part]]);
      const table = formatTable(['File', 'Bytes', 'Content'], rows);
      const said = file === undefined ? [] : [supportText.written(file, bytes)];
      return { json: { file: file ?? null, bytes, entries }, text: [table, ...said].join('\n\n') };
    } finally {
      await client.support.discard({ jobId });
    }
  },
};

export const supportVerbs: readonly Verb[] = [supportBundle];
