import { Menu, MenuPopover, mergeClasses, type PositioningVirtualElement } from '@fluentui/react-components';
import {
  memo,
  useCallback,
  useEffect,
  useEffectEvent,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type RefCallback,
  type RefObject,
} from 'react';
import { focusHomeAttribute } from '../useFocusReturn.ts';
import { gridTemplate } from './columns.ts';
import { isSelected, noSelection, type Selection } from './selection.ts';
import type { SortOrder, TableColumn } from './tableColumn.ts';
import { TableHeader } from './TableHeader.tsx';
import { selectionAfterClick, selectionAfterKey } from './tableKeys.ts';
import { TableRow, type RowClasses } from './TableRow.tsx';
import { rowHeightPx, useTableStyles } from './useTableStyles.ts';
import { scrollTopToShow, viewportOf } from './viewport.ts';

export interface VirtualTableProps<Row> {
  /** Name of the list for assistive technology. */
  readonly label: string;
  /** The columns to show, in order (`visibleColumns` applies an administrator's choice). Keep the array stable between renders. */
  readonly columns: readonly TableColumn<Row>[];
  /** Number of rows, loaded or not. */
  readonly count: number;
  /** Undefined shows a placeholder. For a list in memory: `(index) => rows[index]`. */
  row(index: number): Row | undefined;
  /** Called when other rows come into view; a RowSource loads them then. */
  onVisible?(first: number, last: number): void;
  readonly sort?: SortOrder;
  onSort?(column: string): void;
  /** Makes columns resizable. The chosen widths in CSS pixels, by column. */
  onResize?(widths: Readonly<Record<string, number>>): void;
  /** Without it rows cannot be selected. */
  readonly selection?: Selection;
  onSelection?(selection: Selection): void;
  /** Enter or double click. */
  onOpen?(index: number): void;
  /** Del was pressed on the selection. */
  onDelete?(): void;
  /** A letter was typed in the list. Moving the focus to a search box now makes the letter its first one. */
  onType?(): void;
  /** A MenuList: the commands of the list. Opens with a right click, the menu key or Shift+F10. */
  readonly contextMenu?: ReactNode;
  /** When this changes, the list goes back to its first row: another order, another search. */
  readonly topKey?: string;
  /** Shown instead of rows where there are none. */
  readonly empty?: ReactNode;
  /** Marks the list as the place where the focus goes when its owner is gone. */
  readonly isFocusHome?: boolean;
}

/**
 * Rows have a fixed place within a block of so many: scrolling then paints those that come, not all that are seen. Places from the
 * top of the list would be more pixels than a browser can count in a list of millions.
 */
const blockRows = 1024;

/** Rows rendered above and below what is seen. */
const overscan = 5;

/** A list of any length: renders what is seen, in rows of 32 pixels. It fills its parent, which must have a height. */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const {
    label,
    columns,
    count,
    row,
    onVisible,
    sort,
    onSort,
    onResize,
    selection = noSelection,
    onSelection,
    onOpen,
    onDelete,
    onType,
    contextMenu,
    topKey,
    empty,
  } = props;
  const styles = useTableStyles();
  const classes = useMemo<RowClasses>(
    () => ({
      row: styles.row,
      selectedRow: mergeClasses(styles.row, styles.selected),
      cell: styles.cell,
      endCell: mergeClasses(styles.cell, styles.end),
    }),
    [styles],
  );
  const id = useId();
  const grid = useRef<HTMLDivElement>(null);
  const shownKey = useRef(topKey);
  const [scrollTopPx, setScrollTopPx] = useState(0);
  const [fullHeightPx, attach] = useHeight(grid);
  const heightPx = fullHeightPx - rowHeightPx;
  const [menuAt, setMenuAt] = useState<PositioningVirtualElement | null>(null);

  const measures = { count, rowHeightPx, heightPx: Math.max(0, heightPx), overscan };
  const { first, last, contentHeightPx, offsetPx } = viewportOf({ ...measures, scrollTopPx });
  const blockStart = Math.floor(first / blockRows) * blockRows;
  const template = gridTemplate(columns);
  const widthPx = columns.reduce((sum, { width }) => sum + width, 0);
  const indexes = Array.from({ length: Math.max(0, last - first + 1) }, (_none, at) => first + at);
  // Never fewer than are drawn, and the same wherever one scrolls: another number would give every row another key.
  const elementCount = Math.ceil(measures.heightPx / rowHeightPx) + 1 + 2 * overscan;

  useEffect(() => {
    if (heightPx > 0 && last >= first) onVisible?.(first, last);
  }, [onVisible, first, last, heightPx]);

  useLayoutEffect(() => {
    if (topKey === shownKey.current) return;
    shownKey.current = topKey;
    if (grid.current) grid.current.scrollTop = 0;
  }, [topKey]);

  // An event, because a new height or count must not pull back someone who has scrolled away.
  const reveal = useEffectEvent((index: number) => {
    const element = grid.current;
    if (!element || index < 0 || index >= count || heightPx <= 0) return;
    const target = scrollTopToShow(index, { count, rowHeightPx, heightPx, scrollTopPx: element.scrollTop });
    if (target !== element.scrollTop) element.scrollTop = target;
  });
  // The keyboard's row stays in view.
  useLayoutEffect(() => reveal(selection.active), [selection.active]);

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    if (event.target !== event.currentTarget) return;
    if (isLetter(event)) return onType?.();
    if (event.key === 'Enter' && selection.active >= 0) onOpen?.(selection.active);
    else if (event.key === 'Delete' && selection.active >= 0) onDelete?.();
    else if (contextMenu && (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))) openMenuAtRow();
    else {
      const next = onSelection && selectionAfterKey(selection, event, count, Math.floor(heightPx / rowHeightPx));
      if (!next) return;
      onSelection(next);
    }
    event.preventDefault();
  }

  const closeMenu = useCallback(() => {
    setMenuAt(null);
    grid.current?.focus();
  }, []);

  function onScroll(scrollTop: number) {
    const next = viewportOf({ ...measures, scrollTopPx: scrollTop });
    // Within a row the browser scrolls alone.
    const isSame = next.first === first && next.last === last && Math.abs(next.offsetPx - offsetPx) < 0.5;
    if (!isSame) setScrollTopPx(scrollTop);
  }

  function onClick(event: MouseEvent) {
    const index = indexOf(event.target);
    if (index !== null) onSelection?.(selectionAfterClick(selection, index, event));
  }

  function onContextMenu(event: MouseEvent) {
    const index = indexOf(event.target);
    if (!contextMenu || index === null) return;
    event.preventDefault();
    if (!isSelected(selection, index)) onSelection?.(selectionAfterClick(noSelection, index, event));
    setMenuAt(pointAt(event.clientX, event.clientY));
  }

  function openMenuAtRow() {
    const active = document.getElementById(`${id}-${selection.active}`) ?? grid.current;
    const { left, bottom } = active!.getBoundingClientRect();
    setMenuAt(pointAt(left + rowHeightPx, bottom));
  }

  return (
    <>
      <div
        ref={attach}
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-rowcount={count + 1}
        aria-colcount={columns.length}
        aria-multiselectable={onSelection ? true : undefined}
        aria-activedescendant={selection.active >= first && selection.active <= last ? `${id}-${selection.active}` : undefined}
        className={mergeClasses(styles.grid, count === 0 && styles.emptyGrid)}
        {...(props.isFocusHome ? { [focusHomeAttribute]: '' } : {})}
        onScroll={(event) => onScroll(event.currentTarget.scrollTop)}
        onKeyDown={onKeyDown}
        onMouseDown={(event) => {
          if (!onSelection || !event.shiftKey || indexOf(event.target) === null) return;
          // Rows are meant, not the text between two clicks, which the browser would mark.
          event.preventDefault();
          grid.current?.focus();
        }}
        onClick={onClick}
        onDoubleClick={(event) => {
          const index = indexOf(event.target);
          if (index !== null) onOpen?.(index);
        }}
        onContextMenu={onContextMenu}
      >
        <TableHeader columns={columns} template={template} widthPx={widthPx} sort={sort} onSort={onSort} onResize={onResize} />
        {count === 0 ? (
          <div className={styles.empty} role="rowgroup">
            <div role="row">
              <div role="gridcell">{empty}</div>
            </div>
          </div>
        ) : (
          <div role="rowgroup" className={styles.body} style={{ height: contentHeightPx, minWidth: widthPx }}>
            <div
              role="presentation"
              className={styles.slice}
              style={{ transform: `translateY(${offsetPx - (first - blockStart) * rowHeightPx}px)` }}
            >
              {indexes.map((index) => (
                <TableRow
                  // Rows that leave lend their elements to those that come.
                  key={index % elementCount}
                  id={`${id}-${index}`}
                  index={index}
                  topPx={(index - blockStart) * rowHeightPx}
                  row={row(index)}
                  columns={columns}
                  template={template}
                  classes={classes}
                  isSelected={isSelected(selection, index)}
                  isActive={index === selection.active}
                />
              ))}
            </div>
          </div>
        )}
      </div>
      {contextMenu && (
        <ContextMenu at={menuAt} onClose={closeMenu}>
          {contextMenu}
        </ContextMenu>
      )}
    </>
  );
}

interface ContextMenuProps {
  /** Null while it is closed. */
  readonly at: PositioningVirtualElement | null;
  readonly children: ReactNode;
  onClose(): void;
}

/** Not drawn again while the list scrolls. */
const ContextMenu = memo(function ContextMenu({ at, onClose, children }: ContextMenuProps) {
  return (
    <Menu
      open={at !== null}
      onOpenChange={(_event, data) => !data.open && onClose()}
      positioning={{ target: at, position: 'below', align: 'start' }}
    >
      <MenuPopover>{children}</MenuPopover>
    </Menu>
  );
});

/** Space selects, so it does not count. */
function isLetter({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return key.length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey;
}

/** The row that contains an element; null outside the rows. */
function indexOf(target: EventTarget): number | null {
  const row = target instanceof Element ? target.closest('[data-index]') : null;
  return row ? Number(row.getAttribute('data-index')) : null;
}

function pointAt(x: number, y: number): PositioningVirtualElement {
  return { getBoundingClientRect: () => new DOMRect(x, y, 0, 0) };
}

/** The inner height, in CSS pixels, of the element that gets the returned ref; it is also put into `holder`. */
function useHeight(holder: RefObject<HTMLElement | null>): readonly [number, RefCallback<HTMLElement>] {
  const [heightPx, setHeightPx] = useState(0);
  const attach = useCallback(
    (element: HTMLElement | null) => {
      holder.current = element;
      if (!element) return;
      const measure = () => setHeightPx(element.clientHeight);
      const observer = new ResizeObserver(measure);
      observer.observe(element);
      measure();
      return () => observer.disconnect();
    },
    [holder],
  );
  return [heightPx, attach];
}
