import { open } from 'node:fs/promises';
import { exportFields, type ExportField } from '../../../shared/contract/csv.contract.ts';
import { csvDelimiters, csvEncodings, csvFields, fileEnableRules, type CsvColumn } from '../../../shared/contract/fileImport.ts';
import { columnKey } from '../../../shared/csv/columnNames.ts';
import { text } from '../text.ts';
import { uploadFile } from '../upload.ts';
import {
  choiceOption,
  sendEmailFrom,
  sendEmailOption,
  sendEmailUsage,
  textOption,
  textOptions,
  UsageError,
  type Verb,
  type VerbCall,
} from '../verb.ts';
import { readWhere, whereOption } from '../where.ts';
import { followJob, mailLines, writeReport } from './importVerb.ts';

const delimiterNames = { comma: ',', semicolon: ';', tab: '\t', bar: '|' } as const;

function delimiterFrom(call: VerbCall) {
  const given = textOption(call, 'delimiter');
  if (given === undefined) return undefined;
  const found =
    csvDelimiters.find((delimiter) => delimiter === given) ?? Object.entries(delimiterNames).find(([name]) => name === given)?.[1];
  if (!found) throw new UsageError(`--delimiter takes one of: ${Object.keys(delimiterNames).join(', ')}.`);
  return found;
}

/** `COLUMN=FIELD`; an empty field means that the column is not imported. Columns by heading, or by number from 1. */
function mapped(columns: readonly CsvColumn[], choices: readonly string[]): CsvColumn[] {
  const result = columns.map(({ header, field }) => ({ header, field }));
  for (const choice of choices) {
    const at = choice.lastIndexOf('=');
    const header = choice.slice(0, at);
    const name = choice.slice(at + 1);
    const field = csvFields.find((known) => columnKey(known) === columnKey(name)) ?? null;
    if (at < 1 || (field === null && name !== '')) throw new UsageError(`--map takes COLUMN=FIELD. Fields: ${csvFields.join(', ')}.`);
    const index = result.findIndex((column) => column.header === header);
    const alike = index >= 0 ? index : result.findIndex((column) => columnKey(column.header) === columnKey(header));
    const place = alike >= 0 ? alike : /^\d+$/.test(header) ? Number(header) - 1 : -1;
    const column = result[place];
    if (!column) throw new UsageError(`The file has no column "${header}". Columns: ${columns.map((known) => known.header).join(', ')}.`);
    // A field has one column: the one that was named.
    for (const other of result) if (field !== null && other.field === field) other.field = null;
    column.field = field;
  }
  return result;
}

const importCsv: Verb = {
  name: 'users import-csv',
  usage: `FILE [--map COLUMN=FIELD…] [--update] [--no-add] [--clear-empty] [--enable none|new|new-with-phone] [--encoding utf-8|utf-16le|utf-16be|windows-1252] [--delimiter comma|semicolon|tab|bar] [--no-header] ${sendEmailUsage} [--dry-run] [--report FILE.csv]`,
  summary: 'Imports users from a CSV file, or with --dry-run shows what an import would change.',
  example: 'mfactl users import-csv people.csv --map Handynummer=phone --update --dry-run --report preview.csv',
  options: {
    map: { type: 'string', multiple: true },
    update: { type: 'boolean' },
    'no-add': { type: 'boolean' },
    'clear-empty': { type: 'boolean' },
    enable: { type: 'string' },
    encoding: { type: 'string' },
    delimiter: { type: 'string' },
    'no-header': { type: 'boolean' },
    ...sendEmailOption,
    'dry-run': { type: 'boolean' },
    report: { type: 'string' },
  },
  positionals: { min: 1, max: 1 },
  async run(call) {
    const { client, terminal, options, positionals } = call;
    const encoding = choiceOption(call, 'encoding', csvEncodings);
    const enable = choiceOption(call, 'enable', fileEnableRules) ?? 'new';
    const delimiter = delimiterFrom(call);
    const hasHeader = options['no-header'] !== true;
    const uploadId = await uploadFile(client, terminal, positionals[0] ?? '');
    try {
      const found = await client.csv.inspect({ uploadId, hasHeader, ...(encoding && { encoding }), ...(delimiter && { delimiter }) });
      const columns = mapped(found.columns, textOptions(call, 'map'));
      await client.csv.rememberColumns({ columns });
      const request = {
        uploadId,
        encoding: found.encoding,
        delimiter: found.delimiter,
        hasHeader,
        columns,
        addNew: options['no-add'] !== true,
        updateExisting: options['update'] === true,
        emptyCells: options['clear-empty'] === true ? ('clear' as const) : ('keep' as const),
        enable,
        ...sendEmailFrom(call),
      };
      const { jobId } = options['dry-run'] ? await client.imports.preview(request) : await client.imports.start({ request });
      await followJob(client, terminal, jobId);
      const summary = await client.imports.summary({ jobId });
      const report = textOption(call, 'report');
      if (report) await writeReport(client, jobId, report);
      const lines = [
        text.fileImportResult(summary),
        text.columns(columns),
        ...(await mailLines(client, summary)),
        ...(report ? [text.reportWritten(report)] : []),
      ];
      return { json: { ...summary, columns }, text: lines.join('\n') };
    } finally {
      // After an import it is gone already.
      await client.csv.discardUpload({ uploadId }).catch(() => null);
    }
  },
};

function exportColumns(call: VerbCall): ExportField[] {
  const given = textOption(call, 'columns');
  if (given === undefined) return [...exportFields];
  return given.split(',').map((name) => {
    const field = exportFields.find((known) => columnKey(known) === columnKey(name));
    if (!field) throw new UsageError(text.noColumn(name.trim(), exportFields));
    return field;
  });
}

const exportCsv: Verb = {
  name: 'users export',
  usage: 'FILE.csv [--where FILTER] [--search TEXT] [--columns COLUMN,COLUMN…] [--delimiter comma|semicolon|tab|bar] [--no-bom]',
  summary: 'Writes users into a CSV file that users import-csv reads back unchanged. No secrets.',
  example: 'mfactl users export sales.csv --where group:Sales --columns username,email,phone,method,mode,enabled,tags',
  options: {
    ...whereOption,
    search: { type: 'string' },
    columns: { type: 'string' },
    delimiter: { type: 'string' },
    'no-bom': { type: 'boolean' },
  },
  positionals: { min: 1, max: 1 },
  async run(call) {
    const { client, terminal, options, positionals } = call;
    const file = positionals[0] ?? '';
    const delimiter = delimiterFrom(call) ?? ',';
    const { jobId } = await client.csv.startExport({
      target: { where: { search: textOption(call, 'search') ?? '', filter: await readWhere(call) } },
      columns: exportColumns(call),
      byteOrderMark: options['no-bom'] !== true,
      delimiter,
    });
    await followJob(client, terminal, jobId);
    const handle = await open(file, 'w', 0o600);
    let users = 0;
    try {
      for (let offset: number | null = 0; offset !== null;) {
        const part: { base64: string; next: number | null; users: number } = await client.csv.exportPart({ jobId, offset });
        await handle.write(Buffer.from(part.base64, 'base64'));
        users = part.users;
        offset = part.next;
      }
    } finally {
      await handle.close();
      await client.csv.discardExport({ jobId });
    }
    return { json: { file, users }, text: text.exported(users, file) };
  },
};

export const csvVerbs: readonly Verb[] = [importCsv, exportCsv];
