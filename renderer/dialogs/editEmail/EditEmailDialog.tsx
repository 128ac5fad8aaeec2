import { Button, MessageBar, MessageBarActions, MessageBarBody, Tab, TabList, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useId, useState } from 'react';
import { useStore } from 'zustand';
import type { MailProblem } from '../../../shared/contract/mailProblem.ts';
import type { TemplateRef } from '../../../shared/contract/mailTemplates.contract.ts';
import { mailTemplates } from '../../../shared/email/templates.ts';
import { useClient } from '../../app/client.tsx';
import { editEmailText as text } from '../../i18n/en/editEmail.ts';
import { AppDialog, DialogCloseButton } from '../../ui/AppDialog.tsx';
import { asAppError } from '../../ui/asAppError.ts';
import { DiscardQuestion } from '../../ui/DiscardQuestion.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { LossQuestion } from '../../ui/LossQuestion.tsx';
import { MailView, type MailViewName } from '../../ui/mail/MailView.tsx';
import { ReaderField } from '../../ui/mail/ReaderFields.tsx';
import { Compare } from './Compare.tsx';
import { createEditEmailStore, isChanged } from './editEmail.store.ts';
import { MailFields } from './MailFields.tsx';
import { Versions } from './Versions.tsx';

const pages = ['preview', 'compare', 'history'] as const;
type Page = (typeof pages)[number];

interface EditEmailDialogProps {
  readonly start: TemplateRef;
  /** Languages in which mails are written. */
  readonly languages: readonly string[];
  /** A problem of the mail: its place has the focus first. */
  readonly place?: MailProblem | undefined;
  /** Another mail is edited now: the tree follows. */
  onMove?: ((template: string) => void) | undefined;
  onClose(): void;
}

/** One mail in one language: what it says at the left, what becomes of it at the right. */
export function EditEmailDialog({ start, languages, place, onMove, onClose }: EditEmailDialogProps) {
  const styles = useStyles();
  const id = useId();
  const client = useClient();
  const [store] = useState(() => createEditEmailStore(client, start));
  const state = useStore(store);
  const { ref, saved, form, theirs, phase, done, problems, mail, versions } = state;
  const { follow, open, change, addFile, removeAttachment, setReader, apply, reset, restore, keepMine, loadTheirs } = store.getState();
  const [page, setPage] = useState<Page>('preview');
  const [view, setView] = useState<MailViewName>('desktop');
  /** Where to go once it is decided what becomes of what was written. */
  const [wanted, setWanted] = useState<TemplateRef | null>(null);
  const [isResetting, setResetting] = useState(false);
  useEffect(() => follow(), [follow]);

  const isDirty = isChanged({ saved, form });
  const errors = problems.filter(({ severity, field }) => severity === 'error' && field !== 'settings').length;
  const mayApply = isDirty && phase === 'editing' && !theirs && errors === 0;
  const at = mailTemplates.findIndex((template) => template.id === ref.template);
  const isWritten = saved !== null && saved.origin !== null && saved.origin !== 'default';

  function go(to: TemplateRef) {
    setWanted(null);
    if (to.template !== ref.template) onMove?.(to.template);
    void open(to);
  }
  const ask = (to: TemplateRef) => (isDirty ? setWanted(to) : go(to));
  const step = (by: number) => ask({ ...ref, template: mailTemplates[at + by]!.id });

  const uploadProblem = state.uploadProblem === null || typeof state.uploadProblem === 'string' ? state.uploadProblem : null;

  return (
    <AppDialog
      title={text.title}
      sizeKey="editEmail"
      initialSize={{ width: 1240, height: 800 }}
      isDirty={isDirty}
      onClose={onClose}
      note={<span role="status">{errors > 0 ? text.errors(errors) : done && !isDirty ? text.done[done] : ''}</span>}
      actions={
        <>
          <Button disabledFocusable={!isWritten || phase !== 'editing' || theirs !== null} onClick={() => isWritten && setResetting(true)}>
            {text.reset}
          </Button>
          <Button disabledFocusable={at <= 0 || phase !== 'editing'} onClick={() => step(-1)}>
            {text.previous}
          </Button>
          <Button disabledFocusable={at >= mailTemplates.length - 1 || phase !== 'editing'} onClick={() => step(1)}>
            {text.next}
          </Button>
          <Button appearance="primary" disabledFocusable={!mayApply} onClick={() => void apply()}>
            {phase === 'saving' ? text.applying : text.apply}
          </Button>
          <DialogCloseButton>{text.close}</DialogCloseButton>
        </>
      }
    >
      {state.readError && <ErrorNotice error={state.readError} context={text.readFailed} />}
      {state.saveError && <ErrorNotice error={state.saveError} context={text.saveFailed} />}
      {state.uploadProblem !== null && typeof state.uploadProblem !== 'string' && (
        <ErrorNotice error={asAppError(state.uploadProblem)} context={text.uploadFailed} />
      )}
      {theirs && (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>{text.conflict(theirs.changedBy)}</MessageBarBody>
          <MessageBarActions>
            <Button size="small" onClick={keepMine}>
              {text.keepMine}
            </Button>
            <Button size="small" onClick={loadTheirs}>
              {text.loadTheirs}
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {!form || !saved ? (
        !state.readError && <p role="status">{text.reading}</p>
      ) : (
        <div className={styles.split}>
          <MailFields
            saved={saved}
            form={form}
            languages={languages}
            takesFocus={ref === start}
            place={place}
            problems={problems}
            uploadProblem={uploadProblem}
            isUploading={phase === 'uploading'}
            onLanguage={(language) => ask({ ...ref, language })}
            onChange={change}
            onAddFile={(file) => void addFile(file)}
            onRemoveAttachment={removeAttachment}
          />
          <div className={styles.side}>
            <TabList size="small" aria-label={text.pages} selectedValue={page} onTabSelect={(_event, data) => setPage(data.value as Page)}>
              {pages.map((name) => (
                <Tab key={name} id={`${id}-${name}`} value={name} aria-controls={`${id}-page`}>
                  {text.page[name]}
                </Tab>
              ))}
            </TabList>
            <div id={`${id}-page`} role="tabpanel" aria-labelledby={`${id}-${page}`} className={styles.page}>
              {page === 'preview' && (
                <>
                  <ReaderField reader={state.reader} onReader={setReader} className={styles.reader} />
                  {state.previewError && <ErrorNotice error={state.previewError} context={text.previewFailed} />}
                  {mail && (
                    // The problems of what is written stand beside it.
                    <MailView
                      mail={{ ...mail, problems: mail.problems.filter(({ field }) => field === 'settings') }}
                      view={view}
                      onView={setView}
                    />
                  )}
                </>
              )}
              {page === 'compare' && <Compare form={form} original={(theirs ?? saved).default.content} />}
              {page === 'history' && (
                <Versions
                  versions={versions ?? []}
                  current={saved.revision}
                  mayRestore={phase === 'editing' && !theirs && !isDirty}
                  onRestore={(version) => void restore(version)}
                />
              )}
            </div>
          </div>
        </div>
      )}
      {wanted && <DiscardQuestion onDiscard={() => go(wanted)} onKeep={() => setWanted(null)} />}
      {isResetting && (
        <LossQuestion
          title={text.resetTitle}
          keep={text.keep}
          lose={text.reset}
          onKeep={() => setResetting(false)}
          onLose={() => {
            setResetting(false);
            void reset();
          }}
        >
          {text.resetText}
        </LossQuestion>
      )}
    </AppDialog>
  );
}

const useStyles = makeStyles({
  split: { display: 'flex', flex: '1 1 0', minHeight: '0', columnGap: tokens.spacingHorizontalL },
  side: { display: 'flex', flexDirection: 'column', flex: '1 1 0', minWidth: '0', rowGap: tokens.spacingVerticalXS },
  page: { display: 'flex', flexDirection: 'column', flex: '1 1 0', minHeight: '0', rowGap: tokens.spacingVerticalXS, overflowY: 'auto' },
  reader: { gridTemplateColumns: '96px minmax(0, 1fr)', flex: 'none' },
});
