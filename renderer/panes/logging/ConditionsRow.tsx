import { Dropdown, Field, Input, Option, Switch, makeStyles, tokens } from '@fluentui/react-components';
import { useId, type RefObject } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { contract } from '../../../shared/contract/index.ts';
import { logLevels, type LogLevel } from '../../../shared/contract/logs.contract.ts';
import { loggingText as text } from '../../i18n/en/logging.ts';
import { ListSearch } from '../../ui/ListSearch.tsx';
import type { LogsStore } from './logs.store.ts';

const components = Object.keys(contract).toSorted();
/** Fluent's Dropdown takes an empty value for none chosen. */
const anyComponent = '*';

interface ConditionsRowProps {
  readonly store: StoreApi<LogsStore>;
  readonly inputRef: RefObject<HTMLInputElement | null>;
}

/** What limits the log: text, level, component, user and reference; and whether new lines are shown as they come. */
export function ConditionsRow({ store, inputRef }: ConditionsRowProps) {
  const styles = useStyles();
  const { level, component, user, ref, text: search } = useStore(store, (s) => s.conditions);
  const isLive = useStore(store, (s) => s.isLive);
  const { setConditions, setLive } = store.getState();
  const id = useId();

  return (
    <ListSearch
      label={text.search}
      clearLabel={text.clearSearch}
      value={search}
      inputRef={inputRef}
      className={styles.row}
      onSearch={(value) => setConditions({ text: value })}
    >
      <Field label={{ children: text.level, id: `${id}-level` }} orientation="horizontal" className={styles.field}>
        <Dropdown
          className={styles.level}
          aria-labelledby={`${id}-level`}
          value={text.levels[level]}
          selectedOptions={[level]}
          onOptionSelect={(_event, data) => setConditions({ level: data.optionValue as LogLevel })}
        >
          {logLevels.map((each) => (
            <Option key={each} value={each}>
              {text.levels[each]}
            </Option>
          ))}
        </Dropdown>
      </Field>
      <Field label={{ children: text.component, id: `${id}-component` }} orientation="horizontal" className={styles.field}>
        <Dropdown
          className={styles.component}
          aria-labelledby={`${id}-component`}
          value={component || text.allComponents}
          selectedOptions={[component || anyComponent]}
          onOptionSelect={(_event, { optionValue = anyComponent }) =>
            setConditions({ component: optionValue === anyComponent ? '' : optionValue })
          }
        >
          {[anyComponent, ...components].map((each) => (
            <Option key={each} value={each}>
              {each === anyComponent ? text.allComponents : each}
            </Option>
          ))}
        </Dropdown>
      </Field>
      <Condition label={text.user} hint={text.userHint} value={user} onChange={(value) => setConditions({ user: value })} />
      <Condition label={text.ref} hint={text.refHint} value={ref} onChange={(value) => setConditions({ ref: value })} />
      <Switch label={text.live} checked={isLive} onChange={(_event, { checked }) => setLive(checked)} />
    </ListSearch>
  );
}

interface ConditionProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  onChange(value: string): void;
}

function Condition({ label, hint, value, onChange }: ConditionProps) {
  const styles = useStyles();
  return (
    <Field label={label} orientation="horizontal" className={styles.field}>
      <Input
        className={styles.words}
        value={value}
        placeholder={hint}
        maxLength={256}
        spellCheck={false}
        autoComplete="off"
        onChange={(_event, data) => onChange(data.value)}
      />
    </Field>
  );
}

const useStyles = makeStyles({
  row: { columnGap: tokens.spacingHorizontalL },
  field: { gridTemplateColumns: 'max-content minmax(0, 1fr)', columnGap: tokens.spacingHorizontalS, alignItems: 'center' },
  level: { minWidth: '0', width: '192px' },
  component: { minWidth: '0', width: '160px' },
  words: { width: '144px' },
});
