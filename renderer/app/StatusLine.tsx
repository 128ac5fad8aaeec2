import { makeStyles, tokens } from '@fluentui/react-components';
import { WarningRegular } from '@fluentui/react-icons';
import { shellText } from '../i18n/en/shell.ts';
import { useShell } from './useShell.ts';

/** Warning at the left, counts at the right. */
export function StatusLine() {
  const styles = useStyles();
  const { warning, counts } = useShell((s) => s.paneStatus);
  const isConnecting = useShell((s) => s.connection === 'connecting');

  return (
    <footer className={styles.root}>
      <span className={styles.warning} role="status">
        {warning && <WarningRegular className={styles.triangle} aria-hidden />}
        {warning ?? (isConnecting ? shellText.notYetConnected : '')}
      </span>
      <span className={styles.counts} role="status">
        {counts}
      </span>
    </footer>
  );
}

const useStyles = makeStyles({
  root: {
    gridArea: 'status',
    display: 'flex',
    justifyContent: 'space-between',
    columnGap: tokens.spacingHorizontalL,
    minHeight: tokens.lineHeightBase300,
    paddingLeft: tokens.spacingHorizontalXS,
    paddingRight: tokens.spacingHorizontalXS,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
    color: tokens.colorNeutralForeground2,
  },
  warning: { display: 'flex', alignItems: 'center', columnGap: tokens.spacingHorizontalXS },
  triangle: { color: tokens.colorStatusWarningForeground1, fontSize: tokens.fontSizeBase400 },
  counts: { fontVariantNumeric: 'tabular-nums' },
});
