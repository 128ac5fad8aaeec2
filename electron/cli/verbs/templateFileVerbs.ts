import { writeFile } from 'node:fs/promises';
import { formatTable } from '../table.ts';
import { packFolder, unpackInto } from '../templateFolder.ts';
import { templateText } from '../templateText.ts';
import { uploadBytes } from '../upload.ts';
import type { ConsoleClient, Verb } from '../verb.ts';

async function fetchExport(client: ConsoleClient, exportId: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  try {
    for (let offset: number | null = 0; offset !== null;) {
      const part: { base64: string; next: number | null } = await client.mailTemplates.exportPart({ exportId, offset });
      parts.push(Buffer.from(part.base64, 'base64'));
      offset = part.next;
    }
  } finally {
    await client.mailTemplates.discardExport({ exportId });
  }
  return Buffer.concat(parts);
}

const exportAll: Verb = {
  name: 'email templates export',
  usage: 'FOLDER | FILE.zip',
  summary: 'Writes all mails as text files, with their attachments, for email templates import and for a look at them.',
  details: 'A folder for each language, a file ID.txt for each mail, attachments in a folder ID. Files of the same name are replaced.',
  example: 'mfactl email templates export mails',
  options: {},
  positionals: { min: 1, max: 1 },
  async run({ client, positionals: [path = ''] }) {
    const { exportId, templates, missing } = await client.mailTemplates.exportAll(null);
    const archive = await fetchExport(client, exportId);
    if (path.toLowerCase().endsWith('.zip')) await writeFile(path, archive, { mode: 0o600 });
    else await unpackInto(path, archive);
    const text = [templateText.exported(templates, path), ...missing.map(templateText.missing)].join('\n');
    return { json: { path, templates, missing }, text };
  },
};

const importAll: Verb = {
  name: 'email templates import',
  usage: 'FOLDER | FILE.zip [--dry-run]',
  summary: 'Takes mails from files as email templates export writes them: those that differ, all or none.',
  details: 'With --dry-run nothing is changed. Mails that are not among the files stay as they are.',
  example: 'mfactl email templates import mails --dry-run',
  options: { 'dry-run': { type: 'boolean' } },
  positionals: { min: 1, max: 1 },
  async run({ client, terminal, options, positionals: [path = ''] }) {
    const uploadId = await uploadBytes(client, terminal, 'mails.zip', await packFolder(path));
    try {
      const isDry = options['dry-run'] === true;
      const answer = isDry ? await client.mailTemplates.planImport({ uploadId }) : await client.mailTemplates.importAll({ uploadId });
      const others = answer.files.filter(({ change }) => change !== 'same');
      const table = others.length === 0 ? [] : [formatTable(['File', 'Change', ''], others.map(templateText.importedFile))];
      const count = templateText.counted(answer.files);
      return { json: answer, text: [...table, isDry ? templateText.wouldImport(count) : templateText.imported(count)].join('\n') };
    } finally {
      // After an import it is gone already.
      await client.csv.discardUpload({ uploadId }).catch(() => null);
    }
  },
};

export const templateFileVerbs: readonly Verb[] = [exportAll, importAll];
