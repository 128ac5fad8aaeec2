import { Button, MessageBar, MessageBarActions, MessageBarBody, Radio, RadioGroup, makeStyles, tokens } from '@fluentui/react-components';
import { conflictText as text } from '../i18n/en/conflicts.ts';

export type Side = 'mine' | 'theirs';

/** A field that both have changed, and its three states in words. */
export interface Conflict<Name extends string> {
  readonly name: Name;
  readonly label: string;
  readonly mine: string;
  readonly theirs: string;
  readonly before: string;
}

interface ConflictViewProps<Name extends string> {
  /** What was changed. */
  readonly subject: string;
  readonly conflicts: readonly Conflict<Name>[];
  /** Labels of what only the others have changed. */
  readonly taken: readonly string[];
  readonly choice: ReadonlyMap<Name, Side>;
  onChoose(choice: ReadonlyMap<Name, Side>): void;
}

/** What two administrators have changed at once: field by field yours, theirs and what was there before. */
export function ConflictView<Name extends string>({ subject, conflicts, taken, choice, onChoose }: ConflictViewProps<Name>) {
  const styles = useStyles();
  const chooseAll = (side: Side) => onChoose(new Map(conflicts.map(({ name }) => [name, side])));

  return (
    <section aria-label={text.title(subject)} className={styles.root}>
      <h3 className={styles.title}>
        <bdi>{text.title(subject)}</bdi>
      </h3>
      <p className={styles.text}>{text.intro}</p>
      <div className={styles.all}>
        <Button size="small" onClick={() => chooseAll('mine')}>
          {text.allMine}
        </Button>
        <Button size="small" onClick={() => chooseAll('theirs')}>
          {text.allTheirs}
        </Button>
      </div>
      <div>
        {/* Each choice says by itself what it is; the heads are for the eye. */}
        <div aria-hidden className={styles.head}>
          {[text.field, text.mine, text.theirs, text.before].map((name) => (
            <span key={name}>{name}</span>
          ))}
        </div>
        {conflicts.map(({ name, label, ...words }) => (
          <RadioGroup
            key={name}
            aria-label={label}
            className={styles.row}
            value={choice.get(name) ?? ''}
            onChange={(_event, data) => onChoose(new Map([...choice, [name, data.value as Side]]))}
          >
            <span className={styles.field}>{label}</span>
            {(['mine', 'theirs'] as const).map((side) => (
              <Radio key={side} value={side} label={<bdi>{words[side]}</bdi>} aria-label={`${text[side]}: ${words[side]}`} />
            ))}
            <bdi className={styles.before}>{words.before}</bdi>
          </RadioGroup>
        ))}
      </div>
      {taken.length > 0 && <p className={styles.text}>{text.alsoTaken(taken)}</p>}
    </section>
  );
}

interface ElsewhereNoticeProps {
  /** Labels of what both have changed. */
  readonly conflicts: readonly string[];
  readonly taken: readonly string[];
  /** Opens the view that compares. */
  onCompare(): void;
}

/** Says above a form that somebody else has changed what is edited. */
export function ElsewhereNotice({ conflicts, taken, onCompare }: ElsewhereNoticeProps) {
  const styles = useStyles();
  if (conflicts.length === 0 && taken.length === 0) return null;
  return (
    <MessageBar intent={conflicts.length > 0 ? 'warning' : 'info'} layout="multiline" role="alert" className={styles.elsewhere}>
      <MessageBarBody>{conflicts.length > 0 ? text.conflictElsewhere(conflicts) : text.changedElsewhere(taken)}</MessageBarBody>
      {conflicts.length > 0 && (
        <MessageBarActions>
          <Button size="small" onClick={onCompare}>
            {text.compare}
          </Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}

const columns = { display: 'grid', gridTemplateColumns: '168px repeat(3, minmax(0, 1fr))', columnGap: tokens.spacingHorizontalS } as const;

const useStyles = makeStyles({
  elsewhere: { flexShrink: 0, marginBottom: tokens.spacingVerticalXS },
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  title: { margin: '0', fontSize: tokens.fontSizeBase400, overflowWrap: 'anywhere' },
  text: { margin: '0', color: tokens.colorNeutralForeground2 },
  all: { display: 'flex', columnGap: tokens.spacingHorizontalS },
  head: {
    ...columns,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground2,
    '& > *': { paddingLeft: tokens.spacingHorizontalS },
  },
  row: {
    ...columns,
    alignItems: 'center',
    overflowWrap: 'anywhere',
    borderTopWidth: tokens.strokeWidthThin,
    borderTopStyle: 'solid',
    borderTopColor: tokens.colorNeutralStroke2,
  },
  field: { paddingLeft: tokens.spacingHorizontalS },
  before: { paddingLeft: tokens.spacingHorizontalS, color: tokens.colorNeutralForeground3 },
});
