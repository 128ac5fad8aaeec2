import { Button, Radio, RadioGroup, makeStyles, tokens } from '@fluentui/react-components';
import type { CompanySettings } from '../../../shared/contract/companySettings.ts';
import { editUserText as text, fieldNames } from '../../i18n/en/editUser.ts';
import { valueText } from '../../i18n/en/userValues.ts';
import { instantText } from '../../ui/instants.ts';
import { conflictValues, type EditingState } from './editUser.store.ts';
import type { ConflictName } from './userValues.ts';

export type Side = 'mine' | 'theirs';

interface ConflictViewProps {
  readonly state: EditingState;
  readonly company: CompanySettings;
  readonly choice: ReadonlyMap<ConflictName, Side>;
  onChoose(choice: ReadonlyMap<ConflictName, Side>): void;
}

/** What two administrators have changed at once: field by field yours, theirs and what was there before. */
export function ConflictView({ state, company, choice, onChoose }: ConflictViewProps) {
  const styles = useStyles();
  const { conflicts = [], taken = [] } = state.elsewhere ?? {};
  const { before, mine, theirs } = conflictValues(state, company);

  function texts(name: ConflictName): { readonly mine: string; readonly theirs: string; readonly before: string } {
    if (name !== 'pin') return { mine: valueText(name, mine), theirs: valueText(name, theirs), before: valueText(name, before) };
    const pin = (setAt: number | null) => (setAt === null ? text.emptyValue : text.pinOf(instantText(setAt)));
    return { mine: text.newPin, theirs: pin(state.user.pin.setAt), before: pin(state.pinBefore) };
  }
  const chooseAll = (side: Side) => onChoose(new Map(conflicts.map((name) => [name, side])));

  return (
    <section aria-label={text.conflictTitle(state.user.username)} className={styles.root}>
      <h3 className={styles.title}>
        <bdi>{text.conflictTitle(state.user.username)}</bdi>
      </h3>
      <p className={styles.text}>{text.conflictText}</p>
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
        {conflicts.map((name) => {
          const words = texts(name);
          return (
            <RadioGroup
              key={name}
              aria-label={fieldNames[name]}
              className={styles.row}
              value={choice.get(name) ?? ''}
              onChange={(_event, data) => onChoose(new Map([...choice, [name, data.value as Side]]))}
            >
              <span className={styles.field}>{fieldNames[name]}</span>
              {(['mine', 'theirs'] as const).map((side) => (
                <Radio key={side} value={side} label={<bdi>{words[side]}</bdi>} aria-label={`${text[side]}: ${words[side]}`} />
              ))}
              <bdi className={styles.before}>{words.before}</bdi>
            </RadioGroup>
          );
        })}
      </div>
      {taken.length > 0 && <p className={styles.text}>{text.alsoTaken(taken)}</p>}
    </section>
  );
}

const columns = { display: 'grid', gridTemplateColumns: '168px repeat(3, minmax(0, 1fr))', columnGap: tokens.spacingHorizontalS } as const;

const useStyles = makeStyles({
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
