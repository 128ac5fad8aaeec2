import { Button, Checkbox, Dropdown, Input, Option, Switch, Text, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { backupHours, type BackupSchedule } from '../../../shared/contract/backups.contract.ts';
import { useClient } from '../../app/client.tsx';
import { useDialogs } from '../../app/dialogs.store.ts';
import { backupsText as text } from '../../i18n/en/backups.ts';
import { jobKindText, jobPhaseText } from '../../i18n/en/jobs.ts';
import { AppDialog, DialogCloseButton } from '../../ui/AppDialog.tsx';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { FormField, TextField, ValidationProvider } from '../../ui/FormField.tsx';
import { ProgressStrip } from '../../ui/ProgressStrip.tsx';
import { Section } from '../../ui/Section.tsx';
import {
  createBackupsStore,
  nowProblems,
  scheduleFormOf,
  scheduleProblems,
  type BackupsOverview,
  type BackupsStore,
} from './backups.store.ts';
import { CopyList } from './CopyList.tsx';

type Store = StoreApi<BackupsStore>;

/** Makes a backup now or by a schedule, and lists the copies. */
export function BackupsDialog({ onClose }: { onClose(): void }) {
  const styles = useStyles();
  const client = useClient();
  const openDialog = useDialogs((s) => s.open);
  const [store] = useState(() => createBackupsStore(client));
  const overview = useStore(store, (s) => s.overview);
  const loadError = useStore(store, (s) => s.loadError);
  const schedule = useStore(store, (s) => s.schedule);
  const saving = useStore(store, (s) => s.saving);
  const { load, apply, dispose } = store.getState();
  const isDirty = overview !== null && JSON.stringify(schedule) !== JSON.stringify(scheduleFormOf(overview));

  useEffect(() => {
    void load();
    return dispose;
  }, [load, dispose]);

  return (
    <AppDialog
      title={text.title}
      sizeKey="backups"
      initialSize={{ width: 760, height: 680 }}
      isDirty={isDirty}
      onClose={onClose}
      note={<span aria-live="polite">{saving.isSaved ? text.saved : ''}</span>}
      actions={
        <>
          <Button disabledFocusable={!isDirty || scheduleProblems(schedule).size > 0} onClick={() => void apply()}>
            {text.apply}
          </Button>
          <DialogCloseButton>{text.close}</DialogCloseButton>
        </>
      }
    >
      <div className={styles.root}>
        {loadError && (
          <ErrorNotice error={loadError} context={text.loadFailed} actions={<Button onClick={() => void load()}>{text.tryAgain}</Button>} />
        )}
        {!overview && !loadError && <Text>{text.loading}</Text>}
        {overview && (
          <>
            <NowSection store={store} overview={overview} />
            <ScheduleSection store={store} nextAt={overview.nextAt} />
            <Section title={text.copies} hint={text.restoreHint}>
              <CopyList
                copies={overview.copies}
                folder={overview.folder}
                onRestore={(file) => openDialog({ kind: 'restore-backup', file })}
              />
              <CommandButton calls="backups.restore" className={styles.another} onClick={() => openDialog({ kind: 'restore-backup' })}>
                {text.restoreAnother}
              </CommandButton>
            </Section>
          </>
        )}
      </div>
    </AppDialog>
  );
}

function NowSection({ store, overview: { last, failure } }: { readonly store: Store; readonly overview: BackupsOverview }) {
  const styles = useStyles();
  const form = useStore(store, (s) => s.now);
  const work = useStore(store, (s) => s.work);
  const { changeNow, start, cancel } = store.getState();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const all = useMemo(() => nowProblems(form), [form]);
  const problems = new Map([...all].filter(([field]) => left.has(field)));
  const isRunning = work.phase === 'running';
  const startButton = useRef<HTMLButtonElement>(null);
  // The dialog opened on its last buttons: this was still to come.
  useEffect(() => startButton.current?.focus(), []);

  return (
    <Section title={text.now} hint={text.nowHint}>
      <ValidationProvider value={{ problems, leave: (field) => setLeft((before) => new Set([...before, field])) }}>
        <TextField label={text.file} field="file" value={form.file} onChange={(file) => changeNow({ file })} />
        <Checkbox
          label={text.withKey}
          checked={form.withKey}
          onChange={(_event, { checked }) => changeNow({ withKey: checked === true })}
        />
        {form.withKey ? (
          <>
            <PassphraseField
              label={text.passphrase}
              field="passphrase"
              value={form.passphrase}
              onChange={(passphrase) => changeNow({ passphrase })}
            />
            <PassphraseField label={text.repeat} field="repeat" value={form.repeat} onChange={(repeat) => changeNow({ repeat })} />
          </>
        ) : (
          <Text className={styles.hint}>{text.withKeyHint}</Text>
        )}
      </ValidationProvider>
      <div className={styles.row}>
        {/* Keeps the focus while it is off: without one Esc would not close the dialog. */}
        <Button
          ref={startButton}
          appearance="primary"
          className={styles.button}
          disabledFocusable={isRunning || all.size > 0}
          onClick={() => void start()}
        >
          {text.start}
        </Button>
        <Text role="status" className={styles.words}>
          {work.phase === 'done' ? text.written(work.file) : lastText(last)}
        </Text>
      </div>
      {isRunning && (
        <ProgressStrip
          name={jobKindText('backup')}
          phase={jobPhaseText('backup')}
          done={work.job?.done ?? 0}
          total={work.job?.total ?? null}
          rate={work.job?.rate ?? 0}
          remainingMs={work.job?.remainingMs ?? null}
          onCancel={cancel}
        />
      )}
      {work.phase === 'failed' && <ErrorNotice error={work.error} context={text.failed} />}
      {failure && work.phase === 'idle' && <Text className={styles.words}>{text.lastFailed(failure.at, failure.message)}</Text>}
    </Section>
  );
}

const lastText = (last: BackupsOverview['last']): string => (last ? text.last(last.at, last.file, last.bytes) : text.never);

interface PassphraseFieldProps {
  readonly label: string;
  readonly field: string;
  readonly value: string;
  onChange(value: string): void;
}

function PassphraseField({ label, field, value, onChange }: PassphraseFieldProps) {
  return (
    <FormField label={label} field={field}>
      <Input type="password" autoComplete="new-password" maxLength={1024} value={value} onChange={(_event, data) => onChange(data.value)} />
    </FormField>
  );
}

function ScheduleSection({ store, nextAt }: { readonly store: Store; readonly nextAt: number | null }) {
  const styles = useStyles();
  const form = useStore(store, (s) => s.schedule);
  const { error } = useStore(store, (s) => s.saving);
  const { changeSchedule } = store.getState();
  const problems = useMemo(() => scheduleProblems(form), [form]);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());

  return (
    <Section title={text.schedule} hint={text.scheduleHint}>
      <Switch label={text.isScheduled} checked={form.isOn} onChange={(_event, { checked }) => changeSchedule({ isOn: checked })} />
      {form.isOn && (
        <ValidationProvider
          value={{
            problems: new Map([...problems].filter(([field]) => left.has(field))),
            leave: (field) => setLeft((before) => new Set([...before, field])),
          }}
        >
          <FormField label={text.every} field="everyHours">
            <Dropdown
              value={text.hours(form.everyHours)}
              selectedOptions={[String(form.everyHours)]}
              onOptionSelect={(_event, data) => changeSchedule({ everyHours: Number(data.optionValue) as BackupSchedule['everyHours'] })}
            >
              {backupHours.map((hours) => (
                <Option key={hours} value={String(hours)}>
                  {text.hours(hours)}
                </Option>
              ))}
            </Dropdown>
          </FormField>
          <TextField label={text.at} field="at" value={form.at} onChange={(at) => changeSchedule({ at })} />
          <TextField isNumber label={text.keep} field="keep" value={form.keep} onChange={(keep) => changeSchedule({ keep })} />
          <TextField
            label={text.folder}
            field="folder"
            hint={text.folderHint}
            value={form.folder}
            onChange={(folder) => changeSchedule({ folder })}
          />
        </ValidationProvider>
      )}
      {nextAt !== null && <Text className={styles.hint}>{text.next(nextAt)}</Text>}
      {error && <ErrorNotice error={error} context={text.saveFailed} />}
    </Section>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalL },
  row: { display: 'flex', alignItems: 'center', columnGap: tokens.spacingHorizontalM },
  button: { flexShrink: '0', whiteSpace: 'nowrap' },
  words: { minWidth: '0', overflowWrap: 'anywhere' },
  another: { alignSelf: 'flex-start' },
  hint: { color: tokens.colorNeutralForeground2 },
});
