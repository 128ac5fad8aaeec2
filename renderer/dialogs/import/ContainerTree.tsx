import { Link, makeStyles, mergeClasses, shorthands, tokens } from '@fluentui/react-components';
import { ChevronDownRegular, ChevronRightRegular, FolderRegular, GlobeRegular, FolderPeopleRegular } from '@fluentui/react-icons';
import { useEffect, useEffectEvent, useId, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { useStore, type StoreApi } from 'zustand';
import type { TreeNode } from '../../../shared/contract/directory.contract.ts';
import { errorText } from '../../i18n/errorText.ts';
import { importDialogText as text } from '../../i18n/en/importDialog.ts';
import { canonicalName } from '../../ui/canonicalName.ts';
import { scrollTopToShow, viewportOf } from '../../ui/table/viewport.ts';
import type { TreeStore } from './tree.store.ts';
import { keyMove, typeAhead, visibleRows, type TreeRow } from './treeModel.ts';

const rowHeightPx = 28;
/** Pause after which type-ahead starts with a new word. */
const typeAheadMs = 700;

interface ContainerTreeProps {
  readonly store: StoreApi<TreeStore>;
  readonly selected: string | null;
  onSelect(dn: string): void;
}

/** The containers of the directory as a tree (WAI-ARIA tree pattern): one stop for Tab, arrow keys inside, only visible lines in the page. */
export function ContainerTree({ store, selected, onSelect }: ContainerTreeProps) {
  const styles = useStyles();
  const id = useId();
  const tree = useStore(store, (s) => s.tree);
  const { load, open, close } = store.getState();
  const rows = useMemo(() => visibleRows(tree), [tree]);
  const scroller = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: '', atMs: 0 });
  const selectedIndex = rows.findIndex((row) => row.kind === 'node' && row.node.dn === selected);
  const [scrollTopPx, setScrollTopPx] = useState(0);
  const heightPx = useHeight(scroller);
  const measures = { count: rows.length, rowHeightPx, heightPx };
  const { first, last, contentHeightPx } = viewportOf({ ...measures, scrollTopPx, overscan: 10 });
  const indexes = Array.from({ length: Math.max(0, last - first + 1) }, (_none, at) => first + at);

  const showSelected = useEffectEvent(() => {
    const element = scroller.current;
    if (element && selectedIndex >= 0) element.scrollTop = scrollTopToShow(selectedIndex, { ...measures, scrollTopPx: element.scrollTop });
  });
  // Only when the selection moves: loading more lines must not pull the tree about.
  useEffect(() => showSelected(), [selected]);

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key.length === 1 && event.key !== ' ') {
      const isNewWord = event.timeStamp - typed.current.atMs > typeAheadMs;
      typed.current = { text: (isNewWord ? '' : typed.current.text) + event.key, atMs: event.timeStamp };
      const found = typeAhead(rows, selected, typed.current.text);
      if (found !== null) onSelect(found);
      event.preventDefault();
      return;
    }
    const move = keyMove(rows, selected, event.key);
    if (!move) return;
    event.preventDefault();
    if (move.kind === 'select') onSelect(move.dn);
    else if (move.kind === 'open') void open(move.dn);
    else close(move.dn);
  }

  function onToggle(row: TreeRow & { kind: 'node' }) {
    if (row.expanded) close(row.node.dn);
    else if (row.expanded === false) void open(row.node.dn);
  }

  return (
    <div
      ref={scroller}
      role="tree"
      tabIndex={0}
      aria-label={text.treeLabel}
      aria-activedescendant={selectedIndex >= first && selectedIndex <= last ? `${id}-${selectedIndex}` : undefined}
      className={styles.root}
      onKeyDown={onKeyDown}
      onScroll={(event) => setScrollTopPx(event.currentTarget.scrollTop)}
    >
      <div role="presentation" style={{ height: contentHeightPx, position: 'relative' }}>
        {indexes.map((index) => {
          const row = rows[index]!;
          const place = {
            transform: `translateY(${index * rowHeightPx}px)`,
            paddingLeft: `calc(${tokens.spacingHorizontalL} * ${row.level - 1})`,
          };
          if (row.kind === 'loading') {
            return (
              <div
                key={index}
                role="treeitem"
                aria-level={row.level}
                aria-busy
                className={mergeClasses(styles.row, styles.quiet)}
                style={place}
              >
                {text.loadingChildren}
              </div>
            );
          }
          if (row.kind === 'failed') {
            return (
              <div
                key={index}
                role="treeitem"
                aria-level={row.level}
                className={mergeClasses(styles.row, styles.failed)}
                style={place}
                title={errorText[row.error.code].advice}
              >
                {errorText[row.error.code].sentence}{' '}
                <Link onClick={() => void (row.parent === null ? load() : open(row.parent))}>{text.tryAgain}</Link>
              </div>
            );
          }
          return (
            <div
              key={index}
              id={`${id}-${index}`}
              role="treeitem"
              aria-level={row.level}
              aria-posinset={row.position}
              aria-setsize={row.siblings}
              aria-expanded={row.expanded}
              aria-selected={index === selectedIndex}
              title={row.node.dn}
              className={mergeClasses(styles.row, styles.node, index === selectedIndex && styles.selected)}
              style={place}
              onClick={() => onSelect(row.node.dn)}
              onDoubleClick={() => onToggle(row)}
            >
              {row.expanded === undefined ? (
                <span className={styles.noToggle} />
              ) : (
                <span
                  className={styles.toggle}
                  onClick={(event) => {
                    event.stopPropagation();
                    onToggle(row);
                  }}
                >
                  {row.expanded ? <ChevronDownRegular aria-hidden /> : <ChevronRightRegular aria-hidden />}
                </span>
              )}
              <NodeIcon kind={row.node.kind} />
              <bdi>{row.node.kind === 'domain' ? canonicalName(row.node.name) : row.node.name}</bdi>
            </div>
          );
        })}
      </div>
    </div>
  );
}

function useHeight(element: RefObject<HTMLElement | null>): number {
  const [heightPx, setHeightPx] = useState(0);
  useLayoutEffect(() => {
    const target = element.current;
    if (!target) return;
    const observer = new ResizeObserver(() => setHeightPx(target.clientHeight));
    setHeightPx(target.clientHeight);
    observer.observe(target);
    return () => observer.disconnect();
  }, [element]);
  return heightPx;
}

function NodeIcon({ kind }: { readonly kind: TreeNode['kind'] }) {
  const Icon = { domain: GlobeRegular, unit: FolderPeopleRegular, container: FolderRegular }[kind];
  return <Icon aria-hidden />;
}

const useStyles = makeStyles({
  root: {
    flex: '1 1 0',
    minHeight: '140px',
    overflow: 'auto',
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusMedium,
    ...shorthands.border(tokens.strokeWidthThin, 'solid', tokens.colorNeutralStroke2),
    outlineStyle: 'none',
    ':focus-visible': {
      outlineStyle: 'solid',
      outlineWidth: tokens.strokeWidthThick,
      outlineColor: tokens.colorStrokeFocus2,
      outlineOffset: '-2px',
    },
  },
  row: {
    position: 'absolute',
    top: '0',
    left: '0',
    minWidth: '100%',
    height: `${rowHeightPx}px`,
    boxSizing: 'border-box',
    display: 'flex',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalXS,
    whiteSpace: 'nowrap',
  },
  node: { cursor: 'default', ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover } },
  selected: {
    backgroundColor: tokens.colorBrandBackground2,
    ':hover': { backgroundColor: tokens.colorBrandBackground2Hover },
    '@media (forced-colors: active)': {
      backgroundColor: 'Highlight',
      color: 'HighlightText',
      forcedColorAdjust: 'none',
      ':hover': { backgroundColor: 'Highlight' },
    },
  },
  toggle: { width: '24px', flexShrink: 0, display: 'inline-flex', justifyContent: 'center' },
  noToggle: { width: '24px', flexShrink: 0 },
  quiet: { color: tokens.colorNeutralForeground3, textIndent: '24px' },
  failed: { color: tokens.colorStatusDangerForeground1, textIndent: '24px' },
});
