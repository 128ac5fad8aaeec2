import { Button, Field, Input, ProgressBar, makeStyles, tokens } from '@fluentui/react-components';
import { useCallback, useEffect, useId, useRef, useState, type ComponentProps } from 'react';
import { useStore, type StoreApi } from 'zustand';
import { useClient } from '../../app/client.tsx';
import { jobKindText, jobPhaseText } from '../../i18n/en/jobs.ts';
import { tokenImportText as text } from '../../i18n/en/tokenImport.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { AppDialog } from '../../ui/AppDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { ProgressStrip } from '../../ui/ProgressStrip.tsx';
import { SubmitForm } from '../../ui/SubmitForm.tsx';
import { jobError } from '../jobReport/jobError.ts';
import { TokenImportLog } from '../jobReport/TokenImportLog.tsx';
import { TokenRows } from '../jobReport/TokenRows.tsx';
import { createTokenImportStore, type TokenImportState, type TokenImportStore } from './tokenImport.store.ts';

/** Imports a token file: choose it, open it with its password, look at what would come, import, look at the log. */
export function TokenImportDialog({ onClose }: { onClose(): void }) {
  const client = useClient();
  const passwordFormId = useId();
  const [store] = useState(() => createTokenImportStore(client));
  const state = useStore(store, (s) => s.state);
  const { start, leave } = store.getState();
  const page = useRef<HTMLDivElement>(null);
  const place = pageOf(state);
  // What had the focus is gone, and without it Esc would not close the dialog.
  useEffect(() => {
    if (place !== 'choosing') (page.current?.querySelector('input') ?? page.current)?.focus();
  }, [place]);

  function close() {
    leave();
    onClose();
  }

  const isReady = state.phase === 'previewed' || state.phase === 'starting';
  return (
    <AppDialog
      title={text.title}
      sizeKey="tokenImport"
      initialSize={{ width: 860, height: 600 }}
      onClose={close}
      actions={
        <>
          {(isReady || state.phase === 'locked' || state.phase === 'ended') && <Button onClick={leave}>{text.otherFile}</Button>}
          {(state.phase === 'locked' || state.phase === 'opening') && (
            <Button appearance="primary" type="submit" form={passwordFormId} disabledFocusable={state.phase === 'opening'}>
              {state.phase === 'opening' ? text.opening : text.open}
            </Button>
          )}
          {isReady && (
            <CommandButton
              calls="tokens.startImport"
              appearance="primary"
              disabledFocusable={state.counts.added === 0 || state.phase === 'starting'}
              onClick={() => void start()}
            >
              {state.phase === 'starting' ? text.starting : text.import(state.counts.added)}
            </CommandButton>
          )}
          <Button onClick={close}>{text.close}</Button>
        </>
      }
    >
      <Page key={place} state={state} store={store} passwordFormId={passwordFormId} pageRef={page} />
    </AppDialog>
  );
}

/** Steps between which the focus has to move. */
function pageOf({ phase }: TokenImportState): 'choosing' | 'password' | 'preview' | 'running' | 'log' {
  switch (phase) {
    case 'choosing':
    case 'sending':
      return 'choosing';
    case 'locked':
    case 'opening':
      return 'password';
    case 'previewed':
    case 'starting':
      return 'preview';
    case 'importing':
      return 'running';
    case 'ended':
    case 'lost':
      return 'log';
  }
}

interface PageProps {
  readonly state: TokenImportState;
  readonly store: StoreApi<TokenImportStore>;
  readonly passwordFormId: string;
  readonly pageRef: ComponentProps<'div'>['ref'];
}

function Page({ state, store, passwordFormId, pageRef }: PageProps) {
  const styles = useStyles();
  return (
    <div ref={pageRef} tabIndex={-1} className={styles.page}>
      {state.phase === 'choosing' && <FileField error={state.error} store={store} />}
      {state.phase === 'sending' && (
        <Field validationState="none" validationMessage={text.sending(state.name)}>
          <ProgressBar value={state.total === 0 ? 0 : state.done / state.total} aria-label={text.sending(state.name)} />
        </Field>
      )}
      {(state.phase === 'locked' || state.phase === 'opening') && <PasswordForm id={passwordFormId} state={state} store={store} />}
      {(state.phase === 'previewed' || state.phase === 'starting') && <Preview state={state} />}
      {state.phase === 'importing' && <Running state={state} store={store} />}
      {state.phase === 'ended' && <Ended state={state} />}
      {state.phase === 'lost' && <ErrorNotice error={state.error} context={text.failed} />}
    </div>
  );
}

function FileField({ error, store }: { readonly error: unknown; readonly store: StoreApi<TokenImportStore> }) {
  return (
    <>
      <Field label={text.file} hint={text.fileHint}>
        {(labelled) => (
          <input
            {...labelled}
            type="file"
            accept=".xml,.pskc,.csv,.txt,text/xml,application/xml,text/csv,text/plain"
            onChange={(event) => {
              const [chosen] = event.currentTarget.files ?? [];
              if (chosen) void store.getState().choose(chosen);
            }}
          />
        )}
      </Field>
      {error !== null && <FileProblem error={error} />}
    </>
  );
}

/** The server's own sentence says what in the file is wrong, and where. */
function FileProblem({ error }: { readonly error: unknown }) {
  return <ErrorNotice error={error} context={error instanceof Error ? error.message : undefined} />;
}

interface PasswordFormProps {
  readonly id: string;
  readonly state: Extract<TokenImportState, { phase: 'locked' | 'opening' }>;
  readonly store: StoreApi<TokenImportStore>;
}

function PasswordForm({ id, state, store }: PasswordFormProps) {
  const styles = useStyles();
  const [password, setPassword] = useState('');
  return (
    <SubmitForm
      id={id}
      className={styles.form}
      onSubmit={() => {
        if (password === '') return;
        void store.getState().open(password);
        setPassword('');
      }}
    >
      <span>{text.passwordIntro(state.name)}</span>
      <Field label={text.password} hint={text.passwordHint} orientation="horizontal" required className={styles.field}>
        <Input type="password" autoComplete="off" maxLength={1024} value={password} onChange={(_event, data) => setPassword(data.value)} />
      </Field>
      {state.error && <ErrorNotice error={state.error} />}
    </SubmitForm>
  );
}

function Preview({ state }: { readonly state: Extract<TokenImportState, { phase: 'previewed' | 'starting' }> }) {
  const client = useClient();
  const { importId, counts, error } = state;
  const load = useCallback<ComponentProps<typeof TokenRows>['load']>(
    (window, signal) => client.tokens.importRows({ importId, ...window }, { signal }),
    [client, importId],
  );
  return (
    <>
      <span role="status">{text.planned(counts)}</span>
      {error !== null && <ErrorNotice error={error} context={text.failed} />}
      <TokenRows label={text.previewLabel} counts={counts} addedText={text.add} load={load} />
    </>
  );
}

interface RunningProps {
  readonly state: Extract<TokenImportState, { phase: 'importing' }>;
  readonly store: StoreApi<TokenImportStore>;
}

function Running({ state: { job, isCancelling }, store }: RunningProps) {
  return (
    <>
      <ProgressStrip
        name={jobKindText(job.kind)}
        phase={isCancelling ? text.cancelling : jobPhaseText(job.phase)}
        done={job.done}
        total={job.total}
        rate={job.rate}
        remainingMs={job.remainingMs}
        {...(job.cancellable && !isCancelling ? { onCancel: () => void store.getState().cancel() } : {})}
      />
      <p>{text.runsOn}</p>
    </>
  );
}

function Ended({ state: { job } }: { readonly state: Extract<TokenImportState, { phase: 'ended' }> }) {
  const error = jobError(job);
  return (
    <>
      {error && <ErrorNotice error={error} context={text.stopped} />}
      {job.state === 'cancelled' && <p>{text.cancelled}</p>}
      {job.state === 'interrupted' && <p>{text.interrupted}</p>}
      <TokenImportLog jobId={job.id} />
    </>
  );
}

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', flex: '1 1 0', minHeight: '0', rowGap: tokens.spacingVerticalS, outlineStyle: 'none' },
  form: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  field: { gridTemplateColumns: '144px minmax(0, 1fr)' },
});
