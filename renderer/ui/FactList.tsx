import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

interface FactListProps {
  /** `dt` and `dd` in turn. */
  readonly children: ReactNode;
}

/** What is known of one thing: names in one column, as wide as the longest, and values beside them. */
export function FactList({ children }: FactListProps) {
  const styles = useStyles();
  return <dl className={styles.root}>{children}</dl>;
}

const useStyles = makeStyles({
  root: {
    display: 'grid',
    gridTemplateColumns: 'max-content minmax(0, 1fr)',
    alignItems: 'baseline',
    columnGap: tokens.spacingHorizontalL,
    rowGap: tokens.spacingVerticalXS,
    margin: '0',
    '& dt': { color: tokens.colorNeutralForeground3 },
    '& dd': { margin: '0', minWidth: '0', overflowWrap: 'anywhere' },
  },
});
