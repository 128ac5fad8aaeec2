import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import metadata from 'libphonenumber-js/max/metadata';
import { AppError } from '../../shared/contract/errors.ts';
import type { FileImportRequest } from '../../shared/contract/fileImport.ts';
import type { ImportSummary } from '../../shared/contract/imports.contract.ts';
import { createCsvReader, type CsvRecord } from '../../shared/csv/csvReader.ts';
import { declaredDelimiter } from '../../shared/csv/delimiter.ts';
import { byteOrderMark } from '../../shared/csv/encoding.ts';
import { planFile } from '../../shared/csv/filePlan.ts';
import { createCountryPhones } from '../../shared/phones/countryPhones.ts';
import type { FileSource } from '../platform/node/importThreadProtocol.ts';
import { createFileStaging } from '../store/imports/fileStaging.ts';
import { noCounts } from '../store/imports/reportIndex.ts';
import type { ImportWork, ImportWorkPorts } from './importWork.ts';

/** Bytes that are read, decoded and staged in one step; between two steps an import can be cancelled. */
const stepBytes = 256 * 1024;

/** Rows of a file, a step at a time, with how many bytes were read so far. Throws AppError `file-not-readable`. */
export function* readRecords(path: string, request: FileImportRequest): Generator<{ records: CsvRecord[]; bytes: number; total: number }> {
  const handle = openSync(path, 'r');
  try {
    const total = fstatSync(handle).size;
    const decoder = new TextDecoder(request.encoding, { ignoreBOM: true });
    const reader = createCsvReader(request.delimiter);
    const buffer = new Uint8Array(stepBytes);
    let bytes = 0;
    let isFirst = true;
    for (;;) {
      const read = readSync(handle, buffer, 0, stepBytes, bytes);
      const mark = isFirst ? (byteOrderMark(buffer.subarray(0, read))?.length ?? 0) : 0;
      let text = decoder.decode(buffer.subarray(mark, read), { stream: read > 0 });
      if (isFirst) text = text.slice(declaredDelimiter(text)?.length ?? 0);
      isFirst = false;
      bytes += read;
      const records = reader.push(text);
      yield { records: read === 0 ? [...records, ...reader.end()] : records, bytes, total };
      if (read === 0) return;
    }
  } finally {
    closeSync(handle);
  }
}

/** Reads a file into the staging file of an import. What is wrong with single rows stands in their rows. */
export function stageFile(
  request: FileImportRequest,
  source: FileSource,
  work: Pick<ImportWork, 'jobId' | 'stagingFile'>,
  startedAt: number,
  ports: Pick<ImportWorkPorts, 'onProgress' | 'throwIfCancelled' | 'now'>,
): void {
  if (!request.columns.some(({ field }) => field === 'username' || field === 'directoryId')) {
    throw new AppError('columns-missing', 'No column of the file holds the usernames.');
  }
  // Why: build/decisions/csv.md.
  if (request.columns.some(({ field }) => field === 'pin')) {
    throw new AppError(
      'invalid-input',
      'PINs are not taken from files. Choose "not imported" for that column, and set PINs in the Users pane.',
    );
  }
  const { company, name, path } = source;
  const phones = createCountryPhones(metadata);
  const plan = planFile(request, {
    parsePhone: phones.parserOf(company.defaultCountry) ?? (() => null),
    phoneParserOf: phones.parserOf,
  });
  let rows = 0;
  const metaOf = (complete: boolean, bytes: number) => {
    const summary: ImportSummary = {
      jobId: work.jobId,
      state: 'running',
      request,
      file: { name, bytes, encoding: request.encoding, delimiter: request.delimiter },
      counts: noCounts,
      read: {
        entries: rows,
        complete,
        ...(!complete && { cutBy: 'cancelled' as const }),
        referrals: 0,
        milliseconds: ports.now() - startedAt,
      },
      startedAt,
      milliseconds: ports.now() - startedAt,
    };
    return { summary, fields: plan.columns, userDefaults: company.userDefaults };
  };
  const staging = createFileStaging(work.stagingFile, plan.columns, metaOf(false, 0));
  try {
    let skipHeader = request.hasHeader;
    let bytesRead = 0;
    for (const { records, bytes, total } of readRecords(path, request)) {
      bytesRead = total;
      const people = skipHeader && records.length > 0 ? records.slice(1) : records;
      if (records.length > 0) skipHeader = false;
      staging.add(people.filter(({ cells }) => cells.some((cell) => cell !== '')).map(plan.read));
      rows += people.length;
      // How many rows there are nobody knows before the end; after some of them it can be told well enough.
      ports.onProgress({ phase: 'reading', done: rows, total: bytes > 0 ? Math.max(rows, Math.round((rows * total) / bytes)) : null });
      ports.throwIfCancelled();
    }
    staging.setMeta(metaOf(true, bytesRead));
  } finally {
    staging.close();
  }
}
