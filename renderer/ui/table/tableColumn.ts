import type { ReactNode } from 'react';
import type { ColumnFacts } from './columns.ts';

export interface SortOrder {
  readonly column: string;
  readonly descending: boolean;
}

/** One column of a VirtualTable. */
export interface TableColumn<Row> extends ColumnFacts {
  readonly header: string;
  readonly isSortable?: boolean;
  /** `end` for numbers. */
  readonly align?: 'start' | 'end';
  /** The value as text: what is shown, unless `render` shows it in another way, and what the tooltip says. */
  text(row: Row): string;
  render?(row: Row): ReactNode;
}
