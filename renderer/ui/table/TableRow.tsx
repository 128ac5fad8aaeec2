import { mergeClasses } from '@fluentui/react-components';
import { memo } from 'react';
import type { TableColumn } from './tableColumn.ts';
import { useTableStyles } from './useTableStyles.ts';

interface TableRowProps<Row> {
  readonly id: string;
  readonly index: number;
  readonly row: Row | undefined;
  readonly columns: readonly TableColumn<Row>[];
  readonly template: string;
  readonly isSelected: boolean;
  readonly isActive: boolean;
}

function PlainRow<Row>({ id, index, row, columns, template, isSelected, isActive }: TableRowProps<Row>) {
  const styles = useTableStyles();
  return (
    <div
      role="row"
      id={id}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      aria-busy={row === undefined || undefined}
      className={mergeClasses(styles.row, isSelected && styles.selected, isActive && styles.active)}
      style={{ gridTemplateColumns: template }}
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
            className={mergeClasses(styles.cell, column.align === 'end' && styles.end)}
          >
            {row === undefined ? <span className={styles.placeholder} /> : (column.render?.(row) ?? text)}
          </div>
        );
      })}
    </div>
  );
}

/** Drawn again only when something about this row changed: scrolling by one row costs one row. */
export const TableRow = memo(PlainRow) as typeof PlainRow;
