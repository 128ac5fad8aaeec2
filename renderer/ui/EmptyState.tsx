import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly text: string;
  /** The buttons that help, where there are any. */
  readonly children?: ReactNode;
}

/** Why a list is empty, and what to do about it. */
export function EmptyState({ icon, title, text, children }: EmptyStateProps) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      <span className={styles.icon} aria-hidden>
        {icon}
      </span>
      <h2 className={styles.title}>{title}</h2>
      <p className={styles.text} dir="auto">
        {text}
      </p>
      {children && <div className={styles.actions}>{children}</div>}
    </div>
  );
}

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    rowGap: tokens.spacingVerticalS,
    maxWidth: '560px',
    textAlign: 'center',
  },
  icon: { fontSize: tokens.fontSizeHero1000, lineHeight: '1', color: tokens.colorBrandForeground1 },
  title: { margin: '0', fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500, fontWeight: tokens.fontWeightSemibold },
  text: { margin: '0', color: tokens.colorNeutralForeground2, whiteSpace: 'normal', overflowWrap: 'anywhere' },
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'center',
    gap: tokens.spacingHorizontalS,
    marginTop: tokens.spacingVerticalS,
  },
});
