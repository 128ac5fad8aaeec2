import { Button, Dropdown, Input, Option, Select, makeStyles, tokens } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { methodValues, missingValues, textTests, type UserCondition } from '../../../shared/contract/userFilter.ts';
import { languageCodes, languageText } from '../../i18n/en/importDialog.ts';
import { defaultLanguage, filterDialogText as text, flagTexts, methodValueText, originKinds, testWords } from '../../i18n/en/userFilter.ts';
import { usersText } from '../../i18n/en/users.ts';
import { fieldGroups, fieldOf, firstCondition, isComplete } from './conditionFields.ts';
import { TimeValue } from './TimeValue.tsx';

type Of<Kind extends UserCondition['kind']> = Extract<UserCondition, { kind: Kind }>;

interface ConditionRowProps {
  /** From 1. */
  readonly place: number;
  readonly condition: UserCondition;
  /** Names of all tags. */
  readonly tags: readonly string[];
  onChange(condition: UserCondition): void;
  onRemove(): void;
}

/** One condition: what it is about, how it is tested, and with what. */
export function ConditionRow({ place, condition, tags, onChange, onRemove }: ConditionRowProps) {
  const styles = useStyles();
  return (
    <div role="group" aria-label={text.condition(place)} className={styles.row}>
      <Select
        size="small"
        aria-label={text.field(place)}
        value={fieldOf(condition)}
        onChange={(_event, data) => onChange(firstCondition(data.value))}
      >
        {fieldGroups.map(({ label, fields }) => (
          <optgroup key={label} label={label}>
            {fields.map((field) => (
              <option key={field.value} value={field.value}>
                {field.label}
              </option>
            ))}
          </optgroup>
        ))}
      </Select>
      <Value place={place} condition={condition} tags={tags} onChange={onChange} />
      <Button size="small" appearance="subtle" icon={<DeleteRegular />} aria-label={text.remove(place)} onClick={onRemove} />
    </div>
  );
}

/** The only mode of a method says nothing that the method does not say. */
const offeredMethods = methodValues.filter((value) => value !== 'oath/token');

type ValueProps = Omit<ConditionRowProps, 'onRemove'>;

function Value({ place, condition, tags, onChange }: ValueProps) {
  switch (condition.kind) {
    case 'text':
      return <TextValue key={condition.field} place={place} condition={condition} onChange={onChange} />;
    case 'flag': {
      const [yes, no] = flagTexts[condition.field];
      return (
        <Choice
          label={text.test(place)}
          value={String(condition.is)}
          options={[
            ['true', yes],
            ['false', no],
          ]}
          isWide
          onChange={(value) => onChange({ ...condition, is: value === 'true' })}
        />
      );
    }
    case 'origin':
      return (
        <Choice
          label={text.test(place)}
          value={condition.is}
          options={Object.entries(originKinds)}
          isWide
          onChange={(value) => onChange({ ...condition, is: value as Of<'origin'>['is'] })}
        />
      );
    case 'method':
      return (
        <Several
          {...{ place, condition, onChange }}
          options={offeredMethods.map((value) => [value, methodValueText(value)])}
          words={[text.is, text.isNot]}
        />
      );
    case 'missing':
      return (
        <Several
          {...{ place, condition, onChange }}
          options={missingValues.map((value) => [value, usersText.missingNames[value]])}
          words={[text.lacks, text.lacksNot]}
        />
      );
    case 'language':
      return (
        <Several
          {...{ place, condition, onChange }}
          options={['', ...languageCodes].map((code) => [code, code === '' ? defaultLanguage : languageText(code)])}
          words={[text.is, text.isNot]}
        />
      );
    case 'tag':
      return <TagValue place={place} condition={condition} tags={tags} onChange={onChange} />;
    case 'time':
      return <TimeValue place={place} condition={condition} onChange={onChange} />;
  }
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, label: string])[];
  /** Also takes the place of the value. */
  readonly isWide?: boolean;
  onChange(value: string): void;
}

function Choice({ label, value, options, isWide = false, onChange }: ChoiceProps) {
  const styles = useStyles();
  return (
    <Select
      size="small"
      aria-label={label}
      className={isWide ? styles.wide : undefined}
      value={value}
      onChange={(_event, data) => onChange(data.value)}
    >
      {options.map(([one, words]) => (
        <option key={one} value={one}>
          {words}
        </option>
      ))}
    </Select>
  );
}

interface TextValueProps {
  readonly place: number;
  readonly condition: Of<'text'>;
  onChange(condition: UserCondition): void;
}

function TextValue({ place, condition, onChange }: TextValueProps) {
  const { test, values } = condition;
  const hasValue = test !== 'empty' && test !== 'not-empty';
  // Split at semicolons for the condition, but not under the fingers of who types.
  const [typed, setTyped] = useState(() => values.join('; '));
  return (
    <>
      <Choice
        label={text.test(place)}
        value={test}
        options={textTests.map((one) => [one, testWords[one]])}
        isWide={!hasValue}
        onChange={(value) => {
          const next = value as typeof test;
          onChange({ ...condition, test: next, values: next === 'empty' || next === 'not-empty' ? [] : splitValues(typed) });
        }}
      />
      {hasValue && (
        <Input
          size="small"
          dir="auto"
          aria-label={text.value(place)}
          aria-invalid={!isComplete(condition)}
          title={text.severalHint}
          maxLength={512}
          value={typed}
          onChange={(_event, data) => {
            setTyped(data.value);
            onChange({ ...condition, values: splitValues(data.value) });
          }}
        />
      )}
    </>
  );
}

function splitValues(typed: string): string[] {
  return typed
    .split(';')
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

interface SeveralProps<Condition extends Of<'method'> | Of<'missing'> | Of<'language'>> {
  readonly place: number;
  readonly condition: Condition;
  readonly options: readonly (readonly [value: string, label: string])[];
  /** Of the test and of its contrary. */
  readonly words: readonly [string, string];
  onChange(condition: UserCondition): void;
}

/** One of several known values. */
function Several<Condition extends Of<'method'> | Of<'missing'> | Of<'language'>>({
  place,
  condition,
  options,
  words,
  onChange,
}: SeveralProps<Condition>) {
  const values: readonly string[] = condition.values;
  // A filter of a script may name one that the list does not know.
  const unknown = values.filter((value) => !options.some(([one]) => one === value));
  const offered = [...options, ...unknown.map((value) => [value, value] as const)];
  return (
    <>
      <Choice
        label={text.test(place)}
        value={String(condition.not)}
        options={[
          ['false', words[0]],
          ['true', words[1]],
        ]}
        onChange={(value) => onChange({ ...condition, not: value === 'true' } as UserCondition)}
      />
      <Multiple
        label={text.value(place)}
        values={values}
        options={offered}
        onChange={(next) => onChange({ ...condition, values: next } as UserCondition)}
      />
    </>
  );
}

interface MultipleProps {
  readonly label: string;
  readonly values: readonly string[];
  readonly options: readonly (readonly [value: string, label: string])[];
  onChange(values: string[]): void;
}

function Multiple({ label, values, options, onChange }: MultipleProps) {
  const styles = useStyles();
  return (
    <Dropdown
      size="small"
      multiselect
      className={styles.dropdown}
      aria-label={label}
      aria-invalid={values.length === 0}
      selectedOptions={[...values]}
      value={options
        .filter(([value]) => values.includes(value))
        .map(([, words]) => words)
        .join(', ')}
      onOptionSelect={(_event, data) => onChange(data.selectedOptions)}
    >
      {options.map(([value, words]) => (
        <Option key={value} value={value} text={words}>
          {words}
        </Option>
      ))}
    </Dropdown>
  );
}

type TagTest = 'any' | 'none' | 'one-of' | 'none-of';
const tagTests: readonly (readonly [TagTest, string])[] = [
  ['one-of', text.hasTag],
  ['none-of', text.hasNotTag],
  ['any', text.anyTag],
  ['none', text.noTag],
];

interface TagValueProps {
  readonly place: number;
  readonly condition: Of<'tag'>;
  readonly tags: readonly string[];
  onChange(condition: UserCondition): void;
}

function TagValue({ place, condition, tags, onChange }: TagValueProps) {
  const { not, values } = condition;
  const test: TagTest = values.length === 0 ? (not ? 'any' : 'none') : not ? 'none-of' : 'one-of';
  // A tag may be gone that a saved filter names.
  const offered = [...new Set([...tags, ...values])];
  const tests = tagTests.filter(([one]) => offered.length > 0 || one === 'any' || one === 'none');

  function choose(next: TagTest) {
    if (next === 'any' || next === 'none') onChange({ ...condition, not: next === 'any', values: [] });
    else onChange({ ...condition, not: next === 'none-of', values: values.length > 0 ? values : offered.slice(0, 1) });
  }
  return (
    <>
      <Choice
        label={text.test(place)}
        value={test}
        options={tests}
        isWide={values.length === 0}
        onChange={(value) => choose(value as TagTest)}
      />
      {values.length > 0 && (
        <Multiple
          label={text.value(place)}
          values={values}
          options={offered.map((name) => [name, name])}
          // Without a tag the condition would say something else.
          onChange={(next) => next.length > 0 && onChange({ ...condition, values: next })}
        />
      )}
    </>
  );
}

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 4fr) minmax(0, 3fr) minmax(0, 5fr) auto',
    columnGap: tokens.spacingHorizontalS,
    alignItems: 'center',
    minHeight: '32px',
  },
  wide: { gridColumn: '2 / span 2' },
  dropdown: { minWidth: '0' },
});
