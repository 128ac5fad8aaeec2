import { Button, ProgressBar, makeStyles, tokens } from '@fluentui/react-components';
import { uiText } from '../i18n/en/ui.ts';
import { durationText } from './durations.ts';

export interface ProgressStripProps {
  /** What is being done: "Import of Berlin". */
  readonly name: string;
  /** What it is doing just now: "Reading the directory". */
  readonly phase?: string;
  readonly done: number;
  /** Null while nobody knows. */
  readonly total: number | null;
  /** Items a second. */
  readonly rate: number;
  readonly remainingMs: number | null;
  /** Absent where it cannot be cancelled. */
  onCancel?(): void;
  /** Opens the report. */
  onOpen?(): void;
}

/** One line about work in progress: name, bar, counts, rate, remaining time, Cancel. */
export function ProgressStrip({ name, phase, done, total, rate, remainingMs, onCancel, onOpen }: ProgressStripProps) {
  const styles = useStyles();
  const counts = total === null ? done.toLocaleString('en') : `${done.toLocaleString('en')} / ${total.toLocaleString('en')}`;
  const facts = [
    counts,
    rate > 0 && uiText.perSecond(Math.round(rate).toLocaleString('en')),
    remainingMs !== null && remainingMs > 0 && uiText.remaining(durationText(remainingMs)),
  ];

  return (
    <div className={styles.root}>
      {onOpen ? (
        <Button size="small" appearance="transparent" className={styles.name} onClick={onOpen}>
          {name}
        </Button>
      ) : (
        <span className={styles.name}>{name}</span>
      )}
      {phase && <span className={styles.quiet}>{phase}</span>}
      <ProgressBar className={styles.bar} aria-label={name} max={1} value={total === null || total === 0 ? undefined : done / total} />
      <span className={styles.numbers}>{facts.filter(Boolean).join(' · ')}</span>
      {onCancel && (
        <Button size="small" onClick={onCancel}>
          {uiText.cancel}
        </Button>
      )}
    </div>
  );
}

const useStyles = makeStyles({
  root: {
    display: 'flex',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
    minWidth: '0',
    minHeight: '32px',
    paddingLeft: tokens.spacingHorizontalM,
    paddingRight: tokens.spacingHorizontalM,
  },
  // Fluent centres the text of a button, which would cut it at both ends.
  name: {
    display: 'block',
    flex: '0 1 auto',
    minWidth: 0,
    paddingLeft: '0',
    textAlign: 'left',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  quiet: { color: tokens.colorNeutralForeground3, whiteSpace: 'nowrap' },
  bar: { flex: '1 1 64px', minWidth: '64px' },
  numbers: { fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap', color: tokens.colorNeutralForeground2 },
});
