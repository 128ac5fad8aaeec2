import { Input, makeStyles } from '@fluentui/react-components';

/** A code as a token shows it; blanks between groups do not matter. Gets its name from the Field around it. */
export function CodeInput({ value, onChange, ...field }: { readonly value: string; onChange(value: string): void }) {
  const styles = useStyles();
  return (
    <Input
      {...field}
      className={styles.root}
      inputMode="numeric"
      autoComplete="one-time-code"
      spellCheck={false}
      maxLength={32}
      value={value}
      onChange={(_event, data) => onChange(data.value)}
    />
  );
}

const useStyles = makeStyles({ root: { maxWidth: '200px' } });
