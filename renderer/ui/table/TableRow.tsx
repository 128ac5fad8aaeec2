import { memo } from 'react';
import type { TableColumn } from './tableColumn.ts';

/** Class names, made once for the whole table: a style hook in each of five hundred cells is what makes scrolling stutter. */
export interface RowClasses {
  readonly row: string;
  readonly selectedRow: string;
  readonly cell: string;
  readonly endCell: string;
}

interface TableRowProps<Row> {
  readonly id: string;
  readonly index: number;
  /** Its place in the block of rows it belongs to, in CSS pixels. */
  readonly topPx: number;
  readonly row: Row | undefined;
  readonly columns: readonly TableColumn<Row>[];
  readonly template: string;
  readonly classes: RowClasses;
  readonly isSelected: boolean;
  readonly isActive: boolean;
}

function PlainRow<Row>({ id, index, topPx, row, columns, template, classes, isSelected, isActive }: TableRowProps<Row>) {
  return (
    <div
      role="row"
      id={id}
      data-index={index}
      data-active={isActive || undefined}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      aria-busy={row === undefined || undefined}
      className={isSelected ? classes.selectedRow : classes.row}
      style={{ gridTemplateColumns: template, top: topPx }}
    >
      {columns.map((column, at) => {
        const text = row === undefined ? undefined : column.text(row);
        return (
          // Names come from a directory: each is its own island of text direction.
          <div
            key={column.id}
            role="gridcell"
            aria-colindex={at + 1}
            dir="auto"
            title={text}
            className={column.align === 'end' ? classes.endCell : classes.cell}
          >
            {row === undefined ? undefined : (column.render?.(row) ?? text)}
          </div>
        );
      })}
    </div>
  );
}

/** Drawn again only when something about this row changed: scrolling by one row costs one row. */
export const TableRow = memo(PlainRow) as typeof PlainRow;
