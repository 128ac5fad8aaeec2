import { Label, SearchBox, Select, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useId, type ReactNode, type RefObject } from 'react';

interface ListSearchProps {
  readonly label: string;
  readonly clearLabel: string;
  readonly value: string;
  readonly inputRef: RefObject<HTMLInputElement | null>;
  readonly className?: string;
  /** What else limits the list. */
  readonly children?: ReactNode;
  onSearch(text: string): void;
}

/** The row above a list that says what is listed: search as you type, and what else limits it. The pane brings Ctrl+F here. */
export function ListSearch({ label, clearLabel, value, inputRef, className, children, onSearch }: ListSearchProps) {
  const styles = useStyles();
  return (
    <div role="search" className={mergeClasses(styles.row, className)}>
      <SearchBox
        ref={inputRef}
        className={styles.box}
        placeholder={label}
        aria-label={label}
        aria-keyshortcuts="Control+F"
        maxLength={256}
        value={value}
        dismiss={{ 'aria-label': clearLabel }}
        onChange={(_event, data) => onSearch(data.value)}
      />
      {children}
    </div>
  );
}

interface StateSelectProps<State extends string> {
  readonly label: string;
  readonly allLabel: string;
  readonly states: readonly State[];
  /** Null: all of them. */
  readonly state: State | null;
  stateLabel(state: State): string;
  onState(state: State | null): void;
}

/** Limits a list to what is in one state. */
export function StateSelect<State extends string>({ label, allLabel, states, state, stateLabel, onState }: StateSelectProps<State>) {
  const id = useId();
  return (
    <>
      <Label htmlFor={id}>{label}</Label>
      <Select id={id} value={state ?? ''} onChange={(_event, data) => onState(states.find((each) => each === data.value) ?? null)}>
        <option value="">{allLabel}</option>
        {states.map((each) => (
          <option key={each} value={each}>
            {stateLabel(each)}
          </option>
        ))}
      </Select>
    </>
  );
}

const useStyles = makeStyles({
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  box: { width: '360px', maxWidth: '100%' },
});
