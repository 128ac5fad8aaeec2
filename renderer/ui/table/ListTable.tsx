import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { VirtualTable, type VirtualTableProps } from './VirtualTable.tsx';

/** The rows of a store, for a table. */
interface RowStore<Row> {
  readonly revision: number;
  row(index: number): Row | undefined;
  show(first: number, last: number): void;
}

interface ListTableProps<Row> extends Omit<VirtualTableProps<Row>, 'row' | 'onVisible'> {
  readonly store: StoreApi<RowStore<Row>>;
}

/** The list alone is drawn again when rows arrive, not the pane around it. */
export function ListTable<Row>({ store, ...table }: ListTableProps<Row>) {
  useStore(store, (s) => s.revision);
  const { row, show } = store.getState();
  return <VirtualTable {...table} row={row} onVisible={show} />;
}
