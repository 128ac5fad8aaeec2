import { Button, Checkbox, Input, Radio, RadioGroup, Select, Spinner, Text, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { useStore, type StoreApi } from 'zustand';
import { useClient } from '../../app/client.tsx';
import { useDialogs, type SelectedUsers } from '../../app/dialogs.store.ts';
import { editUsersText as text } from '../../i18n/en/editUsers.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { AppDialog, DialogCloseButton } from '../../ui/AppDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useOutcomeFocus } from '../../ui/useOutcomeFocus.ts';
import { UserJobOutcome } from '../jobReport/UserJobOutcome.tsx';
import { UserJobStrip } from '../jobReport/UserJobStrip.tsx';
import { JobMails } from '../sendEmail/JobMails.tsx';
import { MailPlan } from '../sendEmail/MailPlan.tsx';
import { SendEmailChoice } from '../sendEmail/SendEmailChoice.tsx';
import { bulkGroups, choicesOf, type BulkField } from './bulkForm.ts';
import { createEditUsersStore, type BulkPreview, type EditUsersState, type EditUsersStore } from './editUsers.store.ts';

/** Edit Users: the same change for a selection or for everybody in the list, counted before it is done. */
export function EditUsersDialog({ selected, onClose }: { readonly selected: SelectedUsers; onClose(): void }) {
  const styles = useStyles();
  const client = useClient();
  const openDialog = useDialogs((s) => s.open);
  const [store] = useState(() => createEditUsersStore(client, selected));
  const { state, form, preview, whom, ids, listed, sendEmail } = useStore(store);
  const { read, choose, chooseMail, apply, cancel, stop } = store.getState();
  const isEditing = state.phase === 'editing';
  const isAnswered = state.phase === 'done' || state.phase === 'failed';

  useEffect(() => {
    void read();
    return stop;
  }, [read, stop]);
  const result = useOutcomeFocus(isAnswered);

  return (
    <AppDialog
      title={text.title}
      sizeKey="editUsers"
      initialSize={{ width: 720, height: 712 }}
      isDirty={isEditing && form.size > 0}
      onClose={onClose}
      note={
        <span role="status" className={styles.note}>
          {isEditing && <Count preview={preview} />}
          {state.phase === 'running' && text.goesOn}
        </span>
      }
      actions={
        <>
          {isEditing && (
            <CommandButton
              calls="users.editMany"
              appearance="primary"
              disabledFocusable={preview?.phase !== 'counted' || preview.changing === 0}
              onClick={() => preview?.phase === 'counted' && preview.changing > 0 && apply()}
            >
              {text.apply}
            </CommandButton>
          )}
          {state.phase === 'done' && (state.stayed > 0 || sendEmail !== 'none') && (
            <Button onClick={() => openDialog({ kind: 'job-report', jobId: state.jobId })}>{text.report}</Button>
          )}
          <DialogCloseButton>{isEditing ? text.cancel : text.close}</DialogCloseButton>
        </>
      }
    >
      {state.phase === 'running' && (
        <UserJobStrip
          kind="users-edit"
          phase={form.get('pin') === 'initial' ? 'users-pins' : 'users-edit'}
          job={state.job}
          onCancel={cancel}
        />
      )}
      <div ref={result} role="status" tabIndex={-1}>
        <Outcome state={state} />
      </div>
      {state.phase === 'done' && sendEmail !== 'none' && <JobMails jobId={state.jobId} refused={state.stayed} />}
      {isEditing && (
        <div className={styles.form}>
          <RadioGroup aria-label={text.whom} value={whom} onChange={(_event, data) => choose(data.value as typeof whom)}>
            <Radio value="selected" label={text.selected(ids.length)} />
            <Radio value="listed" label={text.listed(listed)} />
          </RadioGroup>
          <Text className={styles.quiet}>{text.intro}</Text>
          {bulkGroups.map(({ heading, fields }) => (
            <section key={heading} aria-label={text.headings[heading]} className={styles.group}>
              <h3 className={styles.heading}>{text.headings[heading]}</h3>
              {fields.map((field) => (
                <FieldRow key={field} field={field} store={store} />
              ))}
            </section>
          ))}
          <section aria-label={text.headings.mail} className={styles.group}>
            <h3 className={styles.heading}>{text.headings.mail}</h3>
            <SendEmailChoice value={sendEmail} onChange={chooseMail} />
            {preview?.phase === 'counted' && preview.mails && <MailPlan counts={preview.mails} />}
          </section>
        </div>
      )}
    </AppDialog>
  );
}

/** A box to tick, and the value that everybody gets. */
function FieldRow({ field, store }: { readonly field: BulkField; readonly store: StoreApi<EditUsersStore> }) {
  const styles = useStyles();
  const value = useStore(store, (s) => s.form.get(field));
  const tags = useStore(store, (s) => s.tags);
  const { tick, set } = store.getState();
  const choices = choicesOf(field, tags);
  const isOff = value === undefined;
  const hasNoChoice = choices?.length === 0;
  const name = text.fields[field];
  return (
    <div className={styles.row}>
      <Checkbox
        size="medium"
        label={name}
        aria-label={text.change(name)}
        checked={!isOff}
        disabled={hasNoChoice}
        onChange={(_event, { checked }) => tick(field, checked === true)}
      />
      {choices ? (
        <Select size="small" aria-label={name} disabled={isOff} value={value ?? ''} onChange={(_event, data) => set(field, data.value)}>
          {isOff && <option value="">{hasNoChoice ? text.noTags : ''}</option>}
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </Select>
      ) : (
        <Input
          size="small"
          aria-label={name}
          dir="auto"
          autoComplete="off"
          disabled={isOff}
          value={value ?? ''}
          onChange={(_event, data) => set(field, data.value)}
        />
      )}
    </div>
  );
}

function Count({ preview }: { readonly preview: BulkPreview | null }) {
  switch (preview?.phase) {
    case undefined:
      return null;
    case 'counting':
      return text.counting;
    case 'counted':
      return text.wouldChange(preview.changing, preview.matched);
    case 'failed':
      return preview.error instanceof Error ? `${text.countFailed} ${preview.error.message}` : text.countFailed;
  }
}

function Outcome({ state }: { readonly state: EditUsersState }) {
  switch (state.phase) {
    case 'reading':
      return <Spinner size="tiny" />;
    case 'unreadable':
      return <ErrorNotice error={state.error} context={text.listFailed} />;
    case 'failed':
      return <ErrorNotice error={state.error} context={text.failed} />;
    case 'done':
      return <UserJobOutcome result={state} done={text.done(state.done)} words={text} />;
    case 'editing':
    case 'running':
      return null;
  }
}

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  quiet: { color: tokens.colorNeutralForeground2 },
  note: { color: tokens.colorNeutralForeground2 },
  group: { display: 'flex', flexDirection: 'column' },
  heading: {
    margin: '0',
    fontSize: tokens.fontSizeBase300,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorBrandForeground1,
  },
  row: {
    display: 'grid',
    gridTemplateColumns: '248px minmax(0, 320px)',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
    minHeight: '32px',
  },
});
