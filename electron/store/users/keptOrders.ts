import type { UserColumn } from '../../../shared/contract/users.contract.ts';
import type { ColumnOrder } from './buildOrder.ts';
import type { KeptFiles } from './keptFiles.ts';
import type { UserSort } from './userOrder.ts';

/** The number goes up when an order of the same users comes out differently. */
const nameOf = (column: UserColumn) => `order-1-${column}`;

const idBytes = 4;
const bytesOf = (ids: Uint32Array) => new Uint8Array(ids.buffer, ids.byteOffset, ids.byteLength);

/** An order in its file: a window of it is read in a fraction of the time that all of it takes. */
export interface KeptOrder {
  readonly length: number;
  /** The ids at these places, fewer at the end; null where the file is torn. */
  slice(from: number, to: number): Uint32Array | null;
}

/** Gives the order that was kept for this version to `take`, or null. Inside a read transaction at this version. */
export function withKeptOrder<T>(
  files: KeptFiles,
  { column, descending }: UserSort,
  version: number,
  take: (order: KeptOrder | null) => T,
): T {
  const file = files.open(nameOf(column), version);
  if (!file) return take(null);
  try {
    const length = file.length / idBytes / 2;
    return take({
      length,
      slice(from, to) {
        const ids = new Uint32Array(Math.max(0, Math.min(to, length) - from));
        return file.read((from + (descending ? length : 0)) * idBytes, bytesOf(ids)) ? ids : null;
      },
    });
  } finally {
    file.close();
  }
}

/** Both directions of a column as they were kept for this version, or null. Inside a read transaction at this version. */
export function readKeptOrder(files: KeptFiles, column: UserColumn, version: number): ColumnOrder | null {
  const file = files.open(nameOf(column), version);
  if (!file) return null;
  try {
    // Not copied: new memory costs more than reading the file.
    const ids = new Uint32Array(file.length / idBytes);
    if (!file.read(0, bytesOf(ids))) return null;
    return { ascending: ids.subarray(0, ids.length / 2), descending: ids.subarray(ids.length / 2) };
  } finally {
    file.close();
  }
}

export function keepOrder(files: KeptFiles, column: UserColumn, version: number, { ascending, descending }: ColumnOrder): boolean {
  return files.keep(nameOf(column), version, [bytesOf(ascending), bytesOf(descending)]);
}
