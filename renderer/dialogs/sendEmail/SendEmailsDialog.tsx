import {
  Button,
  Field,
  Input,
  Radio,
  RadioGroup,
  Select,
  Spinner,
  Table,
  TableBody,
  TableCell,
  TableRow,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { mailTemplates } from '../../../shared/email/templates.ts';
import { useClient } from '../../app/client.tsx';
import { useDialogs, type SelectedUsers } from '../../app/dialogs.store.ts';
import { sendEmailText as text } from '../../i18n/en/sendEmail.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { AppDialog } from '../../ui/AppDialog.tsx';
import { ConfirmCount } from '../../ui/ConfirmCount.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { HeaderRow } from '../../ui/HeaderRow.tsx';
import { ScrollArea } from '../../ui/ScrollArea.tsx';
import { focusFirstAttribute } from '../../ui/useFocusReturn.ts';
import { useOutcomeFocus } from '../../ui/useOutcomeFocus.ts';
import { UserJobStrip } from '../jobReport/UserJobStrip.tsx';
import { JobMails } from './JobMails.tsx';
import { MailPlan } from './MailPlan.tsx';
import { PickedUsers } from './PickedUsers.tsx';
import { createSendEmailsStore, mailsToSend, type PlanState, type SendEmailsState } from './sendEmails.store.ts';

const templates = mailTemplates.filter(({ audience }) => audience === 'users');

interface SendEmailsDialogProps {
  /** From a list; without one users are chosen here. */
  readonly selected?: SelectedUsers;
  /** The mail that is chosen at first; without it the rules decide. */
  readonly template?: string;
  onClose(): void;
}

/** Send emails to users: who gets which mail and who gets none and why, before anything is sent; also a chosen mail once more. */
export function SendEmailsDialog({ selected, template: begin, onClose }: SendEmailsDialogProps) {
  const styles = useStyles();
  const client = useClient();
  const openDialog = useDialogs((s) => s.open);
  const [store] = useState(() => createSendEmailsStore(client, { selected, template: begin }));
  const { state, whom, ids, listed, search, template, plan, confirmed } = useStore(store);
  const { read, choose, typeSearch, chooseTemplate, confirm, send, cancel, stop } = store.getState();
  const isAsking = state.phase === 'asking';
  const count = plan?.phase === 'planned' ? plan.plan.mails : 0;

  useEffect(() => {
    void read();
    return stop;
  }, [read, stop]);
  const result = useOutcomeFocus(state.phase === 'done' || state.phase === 'failed');

  return (
    <AppDialog
      title={text.title}
      sizeKey="send-emails"
      initialSize={{ width: 760, height: 640 }}
      onClose={onClose}
      note={state.phase === 'running' && text.goesOn}
      actions={
        <>
          {isAsking && (
            <CommandButton calls="outbox.send" disabledFocusable={mailsToSend({ plan, confirmed }) === 0} onClick={send}>
              {text.send(count)}
            </CommandButton>
          )}
          {state.phase === 'done' && <Button onClick={() => openDialog({ kind: 'job-report', jobId: state.jobId })}>{text.report}</Button>}
          {/* First in the order of the keyboard, so that Enter mails nobody by accident. */}
          <Button appearance="primary" onClick={onClose} {...{ [focusFirstAttribute]: '' }}>
            {isAsking ? text.cancel : text.close}
          </Button>
        </>
      }
    >
      {state.phase === 'running' && <UserJobStrip kind="mails-queue" job={state.job} onCancel={cancel} />}
      <div ref={result} role="status" tabIndex={-1}>
        <Outcome state={state} />
      </div>
      {isAsking && (
        <div className={styles.form}>
          <RadioGroup aria-label={text.whom} value={whom} onChange={(_event, data) => choose(data.value as typeof whom)}>
            {selected ? (
              <>
                <Radio value="selected" label={text.selected(ids.length)} />
                <Radio value="listed" label={text.listed(listed)} />
              </>
            ) : (
              <>
                <Radio value="picked" label={text.picked} />
                <Radio value="search" label={text.bySearch} />
                <Radio value="all" label={text.all} />
              </>
            )}
          </RadioGroup>
          {whom === 'picked' && <PickedUsers store={store} />}
          {whom === 'search' && (
            <Field label={text.searchFor}>
              <Input value={search} maxLength={256} onChange={(_event, data) => typeSearch(data.value)} />
            </Field>
          )}
          <Field label={text.templateLabel}>
            <Select value={template} onChange={(_event, data) => chooseTemplate(data.value)}>
              <option value="">{text.byRules}</option>
              {templates.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </Select>
          </Field>
          <PlanView state={plan} />
          <ConfirmCount count={count} value={confirmed} onChange={confirm} />
        </div>
      )}
    </AppDialog>
  );
}

function PlanView({ state }: { readonly state: PlanState | null }) {
  const styles = useStyles();
  switch (state?.phase) {
    case undefined:
      return null;
    case 'planning':
      return <Spinner size="tiny" labelPosition="after" label={text.planning} />;
    case 'failed':
      return <ErrorNotice error={state.error} context={text.planFailed} />;
    case 'planned':
      return (
        <>
          <MailPlan counts={state.plan} />
          <ScrollArea label={text.sampleLabel} className={styles.sample}>
            <Table size="small" aria-label={text.sampleLabel}>
              <HeaderRow headers={Object.values(text.sampleColumns)} />
              <TableBody>
                {state.plan.sample.map(({ username, to, template, reason }) => (
                  <TableRow key={username}>
                    <TableCell className={styles.cell}>
                      <bdi>{username}</bdi>
                    </TableCell>
                    <TableCell className={styles.cell}>
                      <bdi>{to}</bdi>
                    </TableCell>
                    <TableCell>{template === null ? text.noMail(reason) : text.template(template)}</TableCell>
                  </TableRow>
                ))}
              </TableBody>
            </Table>
          </ScrollArea>
        </>
      );
  }
}

function Outcome({ state }: { readonly state: SendEmailsState }) {
  switch (state.phase) {
    case 'reading':
      return <Spinner size="tiny" />;
    case 'unreadable':
      return <ErrorNotice error={state.error} context={text.readFailed} />;
    case 'failed':
      return <ErrorNotice error={state.error} context={text.failed} />;
    case 'done':
      return <JobMails jobId={state.jobId} refused={0} />;
    case 'asking':
    case 'running':
      return null;
  }
}

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM, flex: '1 1 0', minHeight: '0' },
  sample: { overflow: 'auto', flex: '1 1 0', minHeight: '120px' },
  cell: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
});
