import type { UserColumn } from '../../../shared/contract/users.contract.ts';
import type { ColumnOrder } from './buildOrder.ts';
import type { KeptFiles } from './keptFiles.ts';

/** The number goes up when an order of the same users comes out differently. */
const nameOf = (column: UserColumn) => `order-1-${column}`;

const bytesOf = (ids: Uint32Array) => new Uint8Array(ids.buffer, ids.byteOffset, ids.byteLength);

/** Both directions of a column as they were kept for this version, or null. Inside a read transaction at this version. */
export function readKeptOrder(files: KeptFiles, column: UserColumn, version: number): ColumnOrder | null {
  const bytes = files.read(nameOf(column), version);
  if (!bytes) return null;
  // Copied: a large file lies in memory of its own, but a small one may begin anywhere.
  const ids = new Uint32Array(bytes.length / 4);
  bytesOf(ids).set(bytes);
  return { ascending: ids.slice(0, ids.length / 2), descending: ids.slice(ids.length / 2) };
}

export function keepOrder(files: KeptFiles, column: UserColumn, version: number, { ascending, descending }: ColumnOrder): boolean {
  return files.keep(nameOf(column), version, [bytesOf(ascending), bytesOf(descending)]);
}
