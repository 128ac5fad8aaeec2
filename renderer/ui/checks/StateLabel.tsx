import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  ArrowSyncRegular,
  CheckmarkCircleRegular,
  CircleOffRegular,
  CircleRegular,
  ErrorCircleRegular,
  WarningRegular,
  type FluentIcon,
} from '@fluentui/react-icons';
import { checkHistoryText as text, type CheckState } from '../../i18n/en/checkHistory.ts';

const icons: Readonly<Record<CheckState, FluentIcon>> = {
  pass: CheckmarkCircleRegular,
  warn: WarningRegular,
  fail: ErrorCircleRegular,
  checking: ArrowSyncRegular,
  unknown: CircleRegular,
  off: CircleOffRegular,
};

/** What became of a check, as a sign and a word. */
export function StateLabel({ state, word = text.states[state] }: { readonly state: CheckState; readonly word?: string }) {
  const styles = useStyles();
  const Icon = icons[state];
  const color = state === 'pass' || state === 'warn' || state === 'fail' ? styles[state] : styles.quiet;
  return (
    <span className={styles.root}>
      <Icon className={mergeClasses(styles.icon, color)} aria-hidden />
      {word}
    </span>
  );
}

const useStyles = makeStyles({
  root: { flexShrink: '0', display: 'inline-flex', alignItems: 'center', columnGap: tokens.spacingHorizontalXS, whiteSpace: 'nowrap' },
  icon: { flexShrink: '0', fontSize: tokens.fontSizeBase400 },
  pass: { color: tokens.colorStatusSuccessForeground1 },
  warn: { color: tokens.colorStatusWarningForeground1 },
  fail: { color: tokens.colorStatusDangerForeground1 },
  quiet: { color: tokens.colorNeutralForeground2 },
});
