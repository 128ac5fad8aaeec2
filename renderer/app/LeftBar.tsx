import { makeStyles, mergeClasses, shorthands, tokens, useArrowNavigationGroup } from '@fluentui/react-components';
import { ErrorCircleFilled, WarningFilled } from '@fluentui/react-icons';
import type { Finding } from '../../shared/contract/status.contract.ts';
import { shellText } from '../i18n/en/shell.ts';
import { findingText } from '../i18n/en/status.ts';
import { panes } from './panes.ts';
import { regionAttribute } from './regions.ts';
import { useAttention } from './useAttention.ts';
import { useShell } from './useShell.ts';

/** One icon with its caption per pane; narrow windows show the icons only. */
export function LeftBar() {
  const styles = useStyles();
  // Tab goes through the panes as well: who tabs expects to come by each.
  const arrows = useArrowNavigationGroup({ axis: 'vertical', tabbable: true });
  const paneId = useShell((s) => s.paneId);
  const showPane = useShell((s) => s.showPane);
  const access = useShell((s) => s.server?.access);
  const attention = useAttention();

  return (
    <nav aria-label={shellText.panesLabel} className={styles.root} {...arrows} {...{ [regionAttribute]: '' }}>
      {panes
        .filter(({ needs }) => !access || access.includes(needs))
        .map(({ id, title, Icon }) => {
          const isCurrent = id === paneId;
          const finding = attention.get(id);
          return (
            <button
              key={id}
              type="button"
              title={finding ? `${title}: ${findingText(finding)}` : title}
              aria-label={title}
              aria-current={isCurrent ? 'page' : undefined}
              className={mergeClasses(styles.item, isCurrent && styles.current)}
              onClick={() => showPane(id)}
            >
              <span className={styles.iconPlace}>
                <Icon filled={isCurrent} className={styles.icon} aria-hidden />
                {finding && <Badge severity={finding.severity} />}
              </span>
              <span className={styles.caption}>{title}</span>
            </button>
          );
        })}
    </nav>
  );
}

/** Something in the pane is to be put right. What it is, the button says as its tip, which is its description for assistive technology too. */
function Badge({ severity }: Pick<Finding, 'severity'>) {
  const styles = useStyles();
  return severity === 'error' ? (
    <ErrorCircleFilled className={mergeClasses(styles.badge, styles.error)} aria-hidden />
  ) : (
    <WarningFilled className={mergeClasses(styles.badge, styles.warning)} aria-hidden />
  );
}

/** All panes fit into a window of 768 px. */
const low = '@media (max-height: 899px)';

const useStyles = makeStyles({
  root: {
    gridArea: 'bar',
    boxSizing: 'border-box',
    width: '124px',
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalXS,
    padding: tokens.spacingHorizontalS,
    overflowY: 'auto',
    scrollbarWidth: 'thin',
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusMedium,
    ...shorthands.border(tokens.strokeWidthThin, 'solid', tokens.colorNeutralStroke2),
    '@media (max-width: 899px)': { width: '56px', padding: tokens.spacingHorizontalXS },
    [low]: { rowGap: '0', paddingTop: tokens.spacingVerticalXS, paddingBottom: tokens.spacingVerticalXS },
  },
  item: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    rowGap: tokens.spacingVerticalXS,
    paddingTop: tokens.spacingVerticalS,
    paddingBottom: tokens.spacingVerticalS,
    paddingLeft: '0',
    paddingRight: '0',
    [low]: { rowGap: tokens.spacingVerticalXXS, paddingTop: tokens.spacingVerticalXS, paddingBottom: tokens.spacingVerticalXS },
    ...shorthands.borderWidth('0'),
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: 'transparent',
    color: tokens.colorNeutralForeground2,
    fontFamily: 'inherit',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover, color: tokens.colorNeutralForeground2Hover },
    ':focus-visible': {
      outlineStyle: 'solid',
      outlineWidth: tokens.strokeWidthThick,
      outlineColor: tokens.colorStrokeFocus2,
      outlineOffset: '-2px',
    },
  },
  current: {
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorBrandForeground2,
    fontWeight: tokens.fontWeightSemibold,
    ':hover': { backgroundColor: tokens.colorBrandBackground2Hover, color: tokens.colorBrandForeground2 },
    '@media (forced-colors: active)': {
      backgroundColor: 'Highlight',
      color: 'HighlightText',
      forcedColorAdjust: 'none',
      ':hover': { backgroundColor: 'Highlight', color: 'HighlightText' },
    },
  },
  icon: { fontSize: tokens.fontSizeHero800, [low]: { fontSize: tokens.fontSizeBase600 } },
  iconPlace: { position: 'relative', display: 'flex' },
  badge: {
    position: 'absolute',
    top: '0',
    right: `calc(0px - ${tokens.spacingHorizontalS})`,
    fontSize: tokens.fontSizeBase400,
    borderRadius: tokens.borderRadiusCircular,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  error: { color: tokens.colorStatusDangerForeground1 },
  warning: { color: tokens.colorStatusWarningForeground1 },
  caption: { textAlign: 'center', '@media (max-width: 899px)': { display: 'none' } },
});
