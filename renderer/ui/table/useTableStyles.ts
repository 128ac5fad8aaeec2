import { makeStyles, shorthands, tokens } from '@fluentui/react-components';

/** Height of a row and of the header, in CSS pixels. */
export const rowHeightPx = 32;

const cell = {
  boxSizing: 'border-box',
  minWidth: '0',
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
  lineHeight: `${rowHeightPx - 1}px`,
  paddingLeft: tokens.spacingHorizontalS,
  paddingRight: tokens.spacingHorizontalS,
} as const;

const line = {
  display: 'grid',
  height: `${rowHeightPx}px`,
  boxSizing: 'border-box',
  borderBottomWidth: tokens.strokeWidthThin,
  borderBottomStyle: 'solid',
  borderBottomColor: tokens.colorNeutralStroke3,
} as const;

export const useTableStyles = makeStyles({
  grid: {
    position: 'relative',
    height: '100%',
    boxSizing: 'border-box',
    overflow: 'auto',
    // Rows come and go while scrolling; the browser must not hold on to one of them.
    overflowAnchor: 'none',
    contain: 'strict',
    fontSize: tokens.fontSizeBase300,
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusMedium,
    ...shorthands.border(tokens.strokeWidthThin, 'solid', tokens.colorNeutralStroke2),
    outlineStyle: 'none',
    // The keyboard's row is marked while the keyboard is in the list.
    '&:focus-visible [data-active]': {
      outlineStyle: 'solid',
      outlineWidth: tokens.strokeWidthThick,
      outlineColor: tokens.colorBrandStroke1,
      outlineOffset: '-2px',
    },
  },
  emptyGrid: { display: 'flex', flexDirection: 'column' },
  empty: { flex: '1 1 0', minHeight: '0', overflow: 'auto', display: 'grid', placeItems: 'center', padding: tokens.spacingHorizontalL },
  headerGroup: { position: 'sticky', top: '0', zIndex: 1, flexShrink: 0 },
  header: { ...line, backgroundColor: tokens.colorNeutralBackground3, borderBottomColor: tokens.colorNeutralStroke2 },
  headerCell: {
    ...cell,
    position: 'relative',
    display: 'flex',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalXS,
    fontWeight: tokens.fontWeightSemibold,
    userSelect: 'none',
    cursor: 'default',
    ':hover': { backgroundColor: tokens.colorNeutralBackground3Hover },
    ':focus-visible': {
      outlineStyle: 'solid',
      outlineWidth: tokens.strokeWidthThick,
      outlineColor: tokens.colorStrokeFocus2,
      outlineOffset: '-2px',
    },
  },
  headerText: { overflow: 'hidden', textOverflow: 'ellipsis' },
  resizer: {
    position: 'absolute',
    right: '0',
    top: '0',
    bottom: '0',
    width: tokens.spacingHorizontalS,
    cursor: 'col-resize',
    touchAction: 'none',
    borderRightWidth: tokens.strokeWidthThin,
    borderRightStyle: 'solid',
    borderRightColor: tokens.colorNeutralStroke2,
  },
  body: { position: 'relative' },
  slice: { position: 'absolute', top: '0', left: '0', right: '0' },
  row: {
    ...line,
    position: 'absolute',
    left: '0',
    right: '0',
    contain: 'layout paint style',
    cursor: 'default',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
  },
  selected: {
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorNeutralForeground1,
    ':hover': { backgroundColor: tokens.colorBrandBackground2Hover },
    '@media (forced-colors: active)': {
      backgroundColor: 'Highlight',
      color: 'HighlightText',
      forcedColorAdjust: 'none',
      ':hover': { backgroundColor: 'Highlight' },
    },
  },

  cell: {
    ...cell,
    unicodeBidi: 'isolate',
    // A bar where a value will be. Not an element: the cell takes its text without being built anew.
    '[aria-busy] > &::before': {
      content: '""',
      display: 'inline-block',
      width: '60%',
      height: tokens.spacingVerticalS,
      borderRadius: tokens.borderRadiusSmall,
      backgroundColor: tokens.colorNeutralStencil1,
    },
  },
  end: { textAlign: 'right', justifyContent: 'flex-end', fontVariantNumeric: 'tabular-nums' },
});
