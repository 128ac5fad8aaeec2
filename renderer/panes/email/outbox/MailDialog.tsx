import { Button, Tab, TabList, Table, TableBody, TableCell, TableRow, makeStyles, tokens } from '@fluentui/react-components';
import { useCallback, useEffect, useId, useState } from 'react';
import type { MailState } from '../../../../shared/contract/outbox.contract.ts';
import { useClient, type ConsoleClient } from '../../../app/client.tsx';
import { mailStateText, outboxText as text, templateText } from '../../../i18n/en/email.ts';
import { AppDialog, DialogCloseButton } from '../../../ui/AppDialog.tsx';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { FactList } from '../../../ui/FactList.tsx';
import { HeaderRow } from '../../../ui/HeaderRow.tsx';
import { instantText } from '../../../ui/instants.ts';
import { MailFrame } from '../../../ui/mail/MailFrame.tsx';
import { Mono } from '../../../ui/Mono.tsx';
import { ScrollArea } from '../../../ui/ScrollArea.tsx';
import { State } from './MailStateMark.tsx';

type Mail = Awaited<ReturnType<ConsoleClient['outbox']['get']>>;

/** One mail as it was or will be sent, and what the server answered each time. Follows what becomes of it. */
export function MailDialog({ id, onClose }: { readonly id: number; onClose(): void }) {
  const client = useClient();
  const [mail, setMail] = useState<Mail | null>(null);
  const [error, setError] = useState<unknown>(null);
  const read = useCallback(async () => {
    try {
      setMail(await client.outbox.get({ id }));
      setError(null);
    } catch (thrown) {
      setError(thrown);
    }
  }, [client, id]);
  useEffect(() => {
    void read();
    return client.outbox.onChanged(() => void read());
  }, [client, read]);

  return (
    <AppDialog
      title={text.mailTitle}
      sizeKey="mail"
      initialSize={{ width: 760, height: 640 }}
      onClose={onClose}
      actions={<DialogCloseButton>{text.close}</DialogCloseButton>}
    >
      {error !== null && (
        <ErrorNotice error={error} context={text.mailFailed} actions={<Button onClick={() => void read()}>{text.tryAgain}</Button>} />
      )}
      {mail ? <MailFacts mail={mail} /> : error === null && <p role="status">{text.reading}</p>}
    </AppDialog>
  );
}

function MailFacts({ mail }: { readonly mail: Mail }) {
  const styles = useStyles();
  return (
    <>
      <FactList>
        <dt>{text.columns.state}</dt>
        <dd>
          <State state={mail.state} /> – {text.stateMeaning[mail.state]}
        </dd>
        <dt>{text.columns.username}</dt>
        <dd dir="auto">{mail.username}</dd>
        <dt>{text.columns.to}</dt>
        <dd dir="auto">{mail.to}</dd>
        <dt>{text.columns.template}</dt>
        <dd>{text.inLanguage(templateText(mail), mail.language)}</dd>
        <dt>{text.columns.created}</dt>
        <dd>{instantText(mail.createdAt)}</dd>
        {mail.dueAt !== null && mail.attempts > 0 && (
          <>
            <dt>{text.columns.nextTry}</dt>
            <dd>{instantText(mail.dueAt)}</dd>
          </>
        )}
        <dt>{text.messageId}</dt>
        <dd>
          <Mono text={mail.messageId} label={text.messageId} maxLength={64} />
        </dd>
        <dt>{text.subject}</dt>
        <dd dir="auto">{mail.subject}</dd>
      </FactList>
      <MailBody mail={mail} />
      <h3 className={styles.heading}>{text.history}</h3>
      {mail.history.length === 0 ? (
        <p className={styles.none}>{text.noHistory}</p>
      ) : (
        <Table size="small" aria-label={text.history}>
          <HeaderRow
            headers={[{ text: text.when, className: styles.when }, { text: text.outcome, className: styles.outcome }, text.columns.reply]}
          />
          <TableBody>
            {mail.history.map(({ at, outcome, reply }, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- attempts are only ever added
              <TableRow key={index}>
                <TableCell className={styles.when}>{instantText(at)}</TableCell>
                <TableCell className={styles.outcome}>{mailStateText[outcome as MailState] ?? outcome}</TableCell>
                <TableCell className={styles.reply} dir="auto">
                  {reply}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </>
  );
}

type View = 'html' | 'text';

/** What the reader sees, in both parts of the mail. Nothing that it names is loaded. */
function MailBody({ mail }: { readonly mail: Mail }) {
  const styles = useStyles();
  const id = useId();
  const [view, setView] = useState<View>('html');
  const shown = mail.html === '' ? 'text' : view;
  return (
    <>
      <TabList size="small" aria-label={text.body} selectedValue={shown} onTabSelect={(_event, data) => setView(data.value as View)}>
        {mail.html !== '' && (
          <Tab id={`${id}-html`} value="html" aria-controls={`${id}-body`}>
            {text.html}
          </Tab>
        )}
        <Tab id={`${id}-text`} value="text" aria-controls={`${id}-body`}>
          {text.plainText}
        </Tab>
      </TabList>
      <div id={`${id}-body`} role="tabpanel" aria-labelledby={`${id}-${shown}`} className={styles.panel}>
        <ScrollArea label={text.body} className={styles.body}>
          {shown === 'html' ? (
            <MailFrame html={mail.html} title={mail.subject} />
          ) : (
            <pre className={styles.text} dir="auto">
              {mail.text}
            </pre>
          )}
        </ScrollArea>
      </div>
    </>
  );
}

const useStyles = makeStyles({
  heading: { margin: '0', marginTop: tokens.spacingVerticalM, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  body: {
    margin: '0',
    flexShrink: 0,
    height: '240px',
    overflowY: 'auto',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  panel: { flexShrink: 0 },
  text: {
    margin: '0',
    padding: tokens.spacingHorizontalM,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    fontFamily: tokens.fontFamilyBase,
  },
  none: { margin: '0', color: tokens.colorNeutralForeground3 },
  when: { width: '144px' },
  outcome: { width: '96px' },
  reply: { overflowWrap: 'anywhere', whiteSpace: 'normal' },
});
