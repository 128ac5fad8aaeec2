import { mergeClasses } from '@fluentui/react-components';
import { ArrowDownRegular, ArrowUpRegular } from '@fluentui/react-icons';
import { memo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { uiText } from '../../i18n/en/ui.ts';
import type { SortOrder, TableColumn } from './tableColumn.ts';
import { useTableStyles } from './useTableStyles.ts';

interface TableHeaderProps<Row> {
  readonly columns: readonly TableColumn<Row>[];
  readonly template: string;
  /** Sum of the columns, in CSS pixels. */
  readonly widthPx: number;
  readonly sort: SortOrder | undefined;
  onSort?(column: string): void;
  onResize?(widths: Readonly<Record<string, number>>): void;
}

const keyboardStepPx = 16;

/** The header is one stop of the Tab key; Left and Right walk along it, Enter sorts, Shift+Left and Shift+Right resize. */
function PlainHeader<Row>({ columns, template, widthPx, sort, onSort, onResize }: TableHeaderProps<Row>) {
  const styles = useTableStyles();
  const [focused, setFocused] = useState(0);
  const row = useRef<HTMLDivElement>(null);
  const tabStop = Math.min(focused, columns.length - 1);

  function focus(index: number) {
    setFocused(index);
    (row.current?.children[index] as HTMLElement | undefined)?.focus();
  }

  /** As they are drawn: from now on each column has a width of its own, so that moving one border moves no other column's. */
  function measure(): Record<string, number> {
    const cells = row.current?.children;
    return Object.fromEntries(columns.map(({ id, width }, index) => [id, cells?.[index]?.getBoundingClientRect().width ?? width]));
  }

  function onKeyDown(event: KeyboardEvent, column: TableColumn<Row>, index: number) {
    const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (step !== 0 && event.shiftKey) onResize?.({ ...measure(), [column.id]: measure()[column.id]! + step * keyboardStepPx });
    else if (step !== 0) focus(Math.min(Math.max(index + step, 0), columns.length - 1));
    else if ((event.key === 'Enter' || event.key === ' ') && column.isSortable) onSort?.(column.id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div role="rowgroup" className={styles.headerGroup} style={{ minWidth: widthPx }}>
      <div role="row" aria-rowindex={1} ref={row} className={styles.header} style={{ gridTemplateColumns: template }}>
        {columns.map((column, index) => {
          const order = sort?.column === column.id ? (sort.descending ? 'descending' : 'ascending') : undefined;
          return (
            <div
              key={column.id}
              role="columnheader"
              aria-colindex={index + 1}
              aria-sort={column.isSortable ? (order ?? 'none') : undefined}
              tabIndex={index === tabStop ? 0 : -1}
              title={column.isSortable ? `${column.header}. ${uiText.sortHint}` : column.header}
              className={mergeClasses(styles.headerCell, column.align === 'end' && styles.end)}
              onFocus={() => setFocused(index)}
              onClick={() => column.isSortable && onSort?.(column.id)}
              onKeyDown={(event) => onKeyDown(event, column, index)}
            >
              <span className={styles.headerText}>{column.header}</span>
              {order === 'ascending' && <ArrowUpRegular aria-hidden />}
              {order === 'descending' && <ArrowDownRegular aria-hidden />}
              {onResize && <Resizer column={column.id} measure={measure} onResize={onResize} />}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Not drawn again while the list scrolls. */
export const TableHeader = memo(PlainHeader) as typeof PlainHeader;

interface ResizerProps {
  readonly column: string;
  measure(): Record<string, number>;
  onResize(widths: Readonly<Record<string, number>>): void;
}

/** The border between two headers, for the pointer; the keyboard uses the header itself. */
function Resizer({ column, measure, onResize }: ResizerProps) {
  const styles = useTableStyles();
  const start = useRef<{ readonly x: number; readonly widths: Record<string, number> } | null>(null);

  function grab(event: PointerEvent<HTMLSpanElement>) {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, widths: measure() };
  }
  function drag(event: PointerEvent) {
    if (!start.current) return;
    const { x, widths } = start.current;
    onResize({ ...widths, [column]: widths[column]! + event.clientX - x });
  }
  function drop() {
    start.current = null;
  }
  return (
    <span
      aria-hidden
      className={styles.resizer}
      onClick={(event) => event.stopPropagation()}
      onPointerDown={grab}
      onPointerMove={drag}
      onPointerUp={drop}
      onPointerCancel={drop}
    />
  );
}
