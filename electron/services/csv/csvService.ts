import { z } from 'zod';
import { uploadMaxBytes, type csvContract } from '../../../shared/contract/csv.contract.ts';
import type { Implementation } from '../../../shared/contract/define.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { csvFields, type CsvField, type CsvEncoding } from '../../../shared/contract/fileImport.ts';
import { columnKey, guessColumns, isExportOnly } from '../../../shared/csv/columnNames.ts';
import { declaredDelimiter, detectDelimiter, sampleRecords } from '../../../shared/csv/delimiter.ts';
import { byteOrderMark, detectEncoding } from '../../../shared/csv/encoding.ts';
import { excerpt } from '../../../shared/directory/mappingText.ts';
import { resolveTarget, type FilterPorts } from '../../../shared/users/resolveFilter.ts';
import type { Call, JobStarter } from '../../runtime/call.ts';
import type { Exports, Uploads } from './csvPorts.ts';

export interface CsvServicePorts extends FilterPorts {
  readonly uploads: Uploads;
  readonly exports: Exports;
  readonly jobs: JobStarter;
  preference(account: string, name: string): string | null;
  setPreference(account: string, name: string, value: string): void;
}

const sampleBytes = 64 * 1024;
const sampleRows = 5;
const preferenceName = 'csv.columns';
const mostRemembered = 500;
const remembered = z.record(z.string(), z.enum(csvFields).nullable());

/** Uploads and what they look like; exports. */
export function createCsvService(ports: CsvServicePorts): Implementation<typeof csvContract, Call> {
  const { uploads } = ports;

  function recall(account: string): Record<string, CsvField | null> {
    const saved = ports.preference(account, preferenceName);
    if (saved === null) return {};
    try {
      return remembered.parse(JSON.parse(saved));
    } catch {
      // Written by another version: guessing is good enough.
      return {};
    }
  }

  function complete(uploadId: string) {
    const upload = uploads.get(uploadId);
    if (upload.received < upload.bytes)
      throw new AppError('conflict', 'The file has not arrived completely.', { details: { received: upload.received } });
    return upload;
  }

  return {
    async beginUpload({ name, bytes }) {
      if (bytes > uploadMaxBytes)
        throw new AppError('file-too-large', 'The file is larger than 1 GB.', { details: { bytes, most: uploadMaxBytes } });
      return { uploadId: uploads.begin(name, bytes) };
    },
    async appendUpload({ uploadId, offset, base64 }) {
      return { received: await uploads.append(uploadId, offset, Uint8Array.from(Buffer.from(base64, 'base64'))) };
    },
    async discardUpload({ uploadId }) {
      uploads.discard(uploadId);
      return null;
    },
    async inspect({ uploadId, hasHeader, ...said }, { caller }) {
      const upload = complete(uploadId);
      const start = await uploads.readStart(uploadId, sampleBytes);
      const encoding = said.encoding ?? detectEncoding(start, upload.census);
      const sample = decodeStart(start, encoding);
      const delimiter = said.delimiter ?? detectDelimiter(sample);
      const records = sampleRecords(sample.slice(declaredDelimiter(sample)?.length ?? 0), delimiter);
      if (records.length === 0) throw new AppError('file-not-readable', 'The file has no rows.');
      const [first, ...others] = records;
      const width = hasHeader ? (first?.cells.length ?? 0) : Math.max(...records.map(({ cells }) => cells.length));
      if (width > 1000)
        throw new AppError('file-not-readable', 'The first row has more than 1,000 columns.', { details: { columns: width } });
      const headers = Array.from(
        { length: width },
        (_, at) => (hasHeader ? first?.cells[at]?.trim().slice(0, 512) : '') || `Column ${at + 1}`,
      );
      const fields = guessColumns(headers, recall(caller.account));
      const rows = (hasHeader ? others : records).slice(0, sampleRows);
      const columns = headers.map((header, at) => ({
        header,
        field: fields[at] ?? null,
        // What may be a PIN is nothing to look at.
        samples: rows.map(({ cells }) => (fields[at] === 'pin' && cells[at] ? '••••' : excerpt(cells[at] ?? ''))),
        isExportOnly: isExportOnly(header),
      }));
      return { name: upload.name, bytes: upload.bytes, encoding, delimiter, columns };
    },
    async rememberColumns({ columns }, { caller }) {
      const kept = Object.entries(recall(caller.account));
      const chosen = columns.map(({ header, field }): [string, CsvField | null] => [columnKey(header), field]);
      const next = new Map([...kept, ...chosen.filter(([key]) => key !== '' && !/^column\d+$/.test(key))]);
      ports.setPreference(caller.account, preferenceName, JSON.stringify(Object.fromEntries([...next].slice(-mostRemembered))));
      return null;
    },
    async startExport(request, call) {
      const jobId = await ports.jobs.start(call, {
        kind: 'export',
        subject: '',
        run: ({ jobId: id, signal, progress }) =>
          ports.exports.write(
            { ...request, target: resolveTarget(request.target, ports), jobId: id },
            { signal, onProgress: ({ done, total }) => progress({ phase: 'exporting', done, total }) },
          ),
      });
      return { jobId };
    },
    async exportPart({ jobId, offset }) {
      const { bytes, next, users } = await ports.exports.part(jobId, offset);
      return { base64: Buffer.from(bytes).toString('base64'), next, users };
    },
    async discardExport({ jobId }) {
      ports.exports.discard(jobId);
      return null;
    },
  };
}

/** The beginning of a file as text; a character that the end cuts is left out. */
function decodeStart(start: Uint8Array, encoding: CsvEncoding): string {
  const mark = byteOrderMark(start)?.length ?? 0;
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(start.subarray(mark), { stream: true });
}
