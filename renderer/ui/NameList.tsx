import { makeStyles, tokens } from '@fluentui/react-components';

interface NameListProps {
  readonly label: string;
  /** Of the first. */
  readonly names: readonly string[];
  /** How many there are, named or not. */
  readonly count: number;
  more(count: number): string;
}

/** Names whom a question is about, and how many more there are. */
export function NameList({ label, names, count, more }: NameListProps) {
  const styles = useStyles();
  return (
    <ul aria-label={label} className={styles.root}>
      {names.map((name) => (
        <li key={name}>
          <bdi>{name}</bdi>
        </li>
      ))}
      {count > names.length && <li>{more(count - names.length)}</li>}
    </ul>
  );
}

const useStyles = makeStyles({ root: { margin: '0', paddingLeft: tokens.spacingHorizontalXL, overflowWrap: 'anywhere' } });
