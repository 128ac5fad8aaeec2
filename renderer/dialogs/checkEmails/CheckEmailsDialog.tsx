import {
  Button,
  MessageBar,
  MessageBarBody,
  Spinner,
  Table,
  TableBody,
  TableCell,
  TableRow,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { ErrorCircleRegular, WarningRegular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { MailProblem } from '../../../shared/contract/mailProblem.ts';
import { useClient } from '../../app/client.tsx';
import { checkEmailsText as text } from '../../i18n/en/checkEmails.ts';
import { mailTitle, problemText } from '../../i18n/en/emailContent.ts';
import { languageText } from '../../i18n/en/importDialog.ts';
import { AppDialog, DialogCloseButton } from '../../ui/AppDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { HeaderRow } from '../../ui/HeaderRow.tsx';
import { focusFirstAttribute } from '../../ui/useFocusReturn.ts';
import { createCheckEmailsStore } from './checkEmails.store.ts';

/** Nobody corrects more at once; the rest comes up when these are corrected. */
const mostShown = 200;

interface CheckEmailsDialogProps {
  /** Leads to where the problem is. */
  onGo(problem: MailProblem): void;
  onClose(): void;
}

/** What is wrong with the settings and the texts of mails, each with the way to its place. */
export function CheckEmailsDialog({ onGo, onClose }: CheckEmailsDialogProps) {
  const client = useClient();
  const [store] = useState(() => createCheckEmailsStore(client));
  const { problems, isChecking, error } = useStore(store);
  const { check, follow } = store.getState();
  useEffect(() => follow(), [follow]);
  const errors = problems?.filter(({ severity }) => severity === 'error').length ?? 0;
  const warnings = (problems?.length ?? 0) - errors;

  return (
    <AppDialog
      title={text.title}
      sizeKey="check-emails"
      initialSize={{ width: 960, height: 600 }}
      onClose={onClose}
      note={
        <span role="status">
          {problems &&
            !isChecking &&
            [text.found(errors, warnings), problems.length > mostShown && text.first(mostShown)].filter(Boolean).join('; ')}
        </span>
      }
      actions={
        <>
          <Button disabledFocusable={isChecking} onClick={() => !isChecking && void check()} {...{ [focusFirstAttribute]: '' }}>
            {text.again}
          </Button>
          <DialogCloseButton>{text.close}</DialogCloseButton>
        </>
      }
    >
      {error && <ErrorNotice error={error} context={text.failed} />}
      {!problems && isChecking && <Spinner size="tiny" labelPosition="after" label={text.checking} />}
      {problems?.length === 0 && (
        <MessageBar intent="success">
          <MessageBarBody>{text.nothing}</MessageBarBody>
        </MessageBar>
      )}
      {problems && problems.length > 0 && <Findings problems={problems.slice(0, mostShown)} onGo={onGo} />}
    </AppDialog>
  );
}

function Findings({ problems, onGo }: { readonly problems: readonly MailProblem[]; onGo(problem: MailProblem): void }) {
  const styles = useStyles();
  return (
    <Table size="small" aria-label={text.list} className={styles.table}>
      <HeaderRow
        headers={[
          { text: text.columns.severity, className: styles.kind },
          { text: text.columns.mail, className: styles.mail },
          { text: text.columns.language, className: styles.language },
          text.columns.problem,
          { text: text.columns.way, className: styles.way },
        ]}
      />
      <TableBody>
        {problems.map((problem, index) => {
          const { where, language, severity } = problem;
          const mail = where === 'settings' ? text.settings : mailTitle(where);
          const said = where === 'settings' ? problem.text : problemText(problem);
          return (
            <TableRow key={index}>
              <TableCell>
                <span className={severity === 'error' ? styles.error : styles.warning}>
                  {severity === 'error' ? <ErrorCircleRegular aria-hidden /> : <WarningRegular aria-hidden />}
                  {text.severity[severity]}
                </span>
              </TableCell>
              <TableCell className={styles.cell}>{mail}</TableCell>
              <TableCell className={styles.cell}>{language === '' ? '' : languageText(language)}</TableCell>
              <TableCell className={styles.cell}>{said}</TableCell>
              <TableCell>
                <Button size="small" aria-label={text.goTo(`${mail}, ${said}`)} onClick={() => onGo(problem)}>
                  {text.go}
                </Button>
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}

const useStyles = makeStyles({
  table: { tableLayout: 'fixed', minWidth: '640px' },
  kind: { width: '88px' },
  mail: { width: '224px' },
  language: { width: '88px' },
  way: { width: '96px' },
  cell: { overflowWrap: 'anywhere', paddingTop: tokens.spacingVerticalXS, paddingBottom: tokens.spacingVerticalXS },
  error: {
    display: 'inline-flex',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalXS,
    color: tokens.colorStatusDangerForeground1,
  },
  warning: { display: 'inline-flex', alignItems: 'center', columnGap: tokens.spacingHorizontalXS },
});
