import { Button, Field, Input, Radio, RadioGroup, Select, Text, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { UserFilter } from '../../../shared/contract/userFilter.ts';
import { useClient } from '../../app/client.tsx';
import { filterDialogText as text } from '../../i18n/en/userFilter.ts';
import { AppDialog, DialogCloseButton } from '../../ui/AppDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { focusFirstAttribute } from '../../ui/useFocusReturn.ts';
import { ConditionRow } from './ConditionRow.tsx';
import { createFilterUsersStore, filterOf, isSaved, type FilterCount } from './filterUsers.store.ts';

interface FilterUsersDialogProps {
  readonly filter: UserFilter | null;
  /** Null: everybody. */
  onApply(filter: UserFilter | null): void;
  onClose(): void;
}

/** Filter User List: conditions, how many users meet them, and filters that were saved by name. */
export function FilterUsersDialog({ filter, onApply, onClose }: FilterUsersDialogProps) {
  const styles = useStyles();
  const client = useClient();
  const [store] = useState(() => createFilterUsersStore(client, filter));
  const { match, conditions, count, saved, name, told, error } = useStore(store);
  const { load, stop, setMatch, add, change, remove, clear, take, setName, save, removeSaved } = store.getState();
  const [tags, setTags] = useState<readonly string[]>([]);
  const addButton = useRef<HTMLButtonElement>(null);
  const wanted = filterOf({ match, conditions });
  const chosen = saved.find((one) => one.name === name)?.name ?? '';
  const maySave = name.trim() !== '' && wanted !== null && conditions.length > 0;

  useEffect(() => {
    void load();
    // Without their names tags can still be tested for being there.
    client.tags.list(null).then(
      (answer) => setTags(answer.tags.map((tag) => tag.name)),
      () => undefined,
    );
    return stop;
  }, [client, load, stop]);

  function apply() {
    if (!wanted) return;
    onApply(wanted.conditions.length === 0 ? null : wanted);
    onClose();
  }

  function removeRow(key: number) {
    remove(key);
    // The button that had the focus is gone.
    addButton.current?.focus();
  }

  return (
    <AppDialog
      title={text.title}
      sizeKey="filterUsers"
      initialSize={{ width: 860, height: 600 }}
      onClose={onClose}
      note={
        <span role="status" className={styles.quiet}>
          <Count count={count} />
        </span>
      }
      actions={
        <>
          <Button appearance="primary" disabledFocusable={!wanted} onClick={apply}>
            {text.apply}
          </Button>
          <DialogCloseButton>{text.close}</DialogCloseButton>
        </>
      }
    >
      <div className={styles.root}>
        <div className={styles.line}>
          <Field label={text.saved} orientation="horizontal" className={styles.saved}>
            <Select value={chosen} disabled={saved.length === 0} onChange={(_event, data) => take(data.value)}>
              <option value="">{saved.length === 0 ? text.noneSaved : text.choose}</option>
              {saved.map((one) => (
                <option key={one.name} value={one.name}>
                  {one.name}
                </option>
              ))}
            </Select>
          </Field>
          <Button disabledFocusable={chosen === ''} onClick={() => chosen !== '' && void removeSaved(chosen)}>
            {text.removeSaved}
          </Button>
        </div>
        <Field label={text.match} orientation="horizontal" className={styles.match}>
          <RadioGroup layout="horizontal" value={match} onChange={(_event, data) => setMatch(data.value as UserFilter['match'])}>
            <Radio value="all" label={text.matches.all} />
            <Radio value="any" label={text.matches.any} />
          </RadioGroup>
        </Field>
        <section aria-label={text.conditions} className={styles.conditions}>
          {conditions.length === 0 && <Text className={styles.quiet}>{text.none}</Text>}
          {conditions.map(({ key, condition }, index) => (
            <ConditionRow
              key={key}
              place={index + 1}
              condition={condition}
              tags={tags}
              onChange={(next) => change(key, next)}
              onRemove={() => removeRow(key)}
            />
          ))}
        </section>
        <div className={styles.line}>
          <Button ref={addButton} onClick={() => add('text:username')} {...{ [focusFirstAttribute]: '' }}>
            {text.add}
          </Button>
          <Button disabledFocusable={conditions.length === 0} onClick={clear}>
            {text.clear}
          </Button>
        </div>
        <div className={styles.line}>
          <Field label={text.name} orientation="horizontal" className={styles.saved}>
            <Input value={name} maxLength={80} dir="auto" autoComplete="off" onChange={(_event, data) => setName(data.value)} />
          </Field>
          <Button disabledFocusable={!maySave} onClick={() => maySave && void save()}>
            {isSaved({ saved, name }) ? text.replace : text.save}
          </Button>
        </div>
        <div role="status">{told && (told.done === 'saved' ? text.savedAs(told.name) : text.removedSaved(told.name))}</div>
        {error !== null && <ErrorNotice error={error} context={text.saveFailed} />}
      </div>
    </AppDialog>
  );
}

function Count({ count }: { readonly count: FilterCount | null }) {
  switch (count?.phase) {
    case undefined:
      return text.incomplete;
    case 'counting':
      return text.counting;
    case 'counted':
      return text.count(count.count);
    case 'failed':
      return text.countFailed;
  }
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  line: { display: 'flex', columnGap: tokens.spacingHorizontalS, alignItems: 'center' },
  saved: { gridTemplateColumns: '112px 280px', alignItems: 'center' },
  match: { gridTemplateColumns: 'auto 1fr', columnGap: tokens.spacingHorizontalM, alignItems: 'center' },
  conditions: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXS },
  quiet: { color: tokens.colorNeutralForeground2 },
});
