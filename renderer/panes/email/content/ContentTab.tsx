import { Button, MessageBar, MessageBarActions, MessageBarBody, makeStyles, shorthands, tokens } from '@fluentui/react-components';
import {
  ArrowExportRegular,
  ArrowImportRegular,
  EditRegular,
  GridRegular,
  SaveRegular,
  SendRegular,
  TextGrammarCheckmarkRegular,
} from '@fluentui/react-icons';
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { MailProblem } from '../../../../shared/contract/mailProblem.ts';
import { fallbackLanguage } from '../../../../shared/texts/defaultTexts.ts';
import { useClient } from '../../../app/client.tsx';
import { useDialogs, type AppDialogRequest, type MatrixBegin } from '../../../app/dialogs.store.ts';
import { usePaneCommands, usePaneStatus } from '../../../app/useShell.ts';
import { checkEmailsText } from '../../../i18n/en/checkEmails.ts';
import { emailContentText as text, mailViewText } from '../../../i18n/en/emailContent.ts';
import { importEmailsText } from '../../../i18n/en/importEmails.ts';
import { mailMatrixText } from '../../../i18n/en/mailMatrix.ts';
import { sendEmailText } from '../../../i18n/en/sendEmail.ts';
import { CommandRow, type Command } from '../../../ui/CommandRow.tsx';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { MailView } from '../../../ui/mail/MailView.tsx';
import { LanguageField, ReaderField } from '../../../ui/mail/ReaderFields.tsx';
import { saveFile } from '../../../ui/saveFile.ts';
import type { EmailTabProps } from '../emailTabProps.ts';
import { createContentStore } from './content.store.ts';
import { createExportMailsStore, type ExportMailsState } from './exportMails.store.ts';
import { TemplateTree } from './TemplateTree.tsx';
import { firstNotWritten } from './templateTree.ts';

/** What the mails say: all of them at the left, one of them at the right as its reader would see it. */
export function ContentTab({ onTab }: EmailTabProps) {
  const styles = useStyles();
  const client = useClient();
  const [store] = useState(() => createContentStore(client));
  const { templates, listError, template, reader, language, view, mail, mailError, verdict } = useStore(store);
  const openDialog = useDialogs((s) => s.open);
  const closeDialog = useDialogs((s) => s.close);
  const { follow, load, choose, setReader, setLanguage, setView } = store.getState();
  useEffect(() => follow(), [follow]);
  usePaneCommands(useMemo(() => ({ refresh: () => void load() }), [load]));
  usePaneStatus({ counts: templates ? countsOf(templates) : undefined });

  const [exports] = useState(() => createExportMailsStore(client, { saveFile, now: () => new Date() }));
  const exported = useStore(exports, (s) => s.state);

  const row = templates?.find(({ id }) => id === template);
  const shownLanguage = language ?? mail?.language ?? fallbackLanguage;
  const tryAgain = <Button onClick={() => void load()}>{text.tryAgain}</Button>;
  const commands: readonly Command[] = [
    { id: 'edit', label: text.edit, icon: <EditRegular />, keys: 'Enter', isDisabled: row === undefined, run: () => edit(template) },
    {
      id: 'resend',
      label: sendEmailText.resend,
      icon: <SendRegular />,
      isDisabled: row?.audience !== 'users',
      run: () => openDialog({ kind: 'resend-email', template }),
    },
    {
      id: 'all',
      label: mailMatrixText.command,
      icon: <GridRegular />,
      run: () => openDialog(allMails({ language: shownLanguage, look: 'desktop' })),
    },
    { id: 'check', label: checkEmailsText.command, icon: <TextGrammarCheckmarkRegular />, run: check },
    { id: 'import', label: importEmailsText.importCommand, icon: <ArrowImportRegular />, run: () => openDialog({ kind: 'import-emails' }) },
    {
      id: 'export',
      label: exported.phase === 'running' ? importEmailsText.exporting : importEmailsText.exportCommand,
      icon: <ArrowExportRegular />,
      isDisabled: exported.phase === 'running',
      run: () => void exports.getState().run(),
    },
    { id: 'save', label: text.save, icon: <SaveRegular />, isDisabled: mail === null, run: () => void saveEml() },
  ];

  const languagesOf = (id: string) => templates?.find((one) => one.id === id)?.languages.map((one) => one.language) ?? [];

  /** To a mail and back to all of them. */
  function allMails(begin: MatrixBegin): AppDialogRequest {
    return {
      kind: 'mail-matrix',
      begin,
      onEdit(start, languages, now) {
        choose(start.template);
        openDialog({ kind: 'edit-email', start, languages, onMove: choose, back: allMails(now) });
      },
    };
  }

  function check() {
    openDialog({ kind: 'check-emails', onGo: goTo });
  }

  /** From the check to what it found, and back to the check. */
  function goTo(problem: MailProblem) {
    const { where, language: of } = problem;
    // A language that mails lack is written in one of them after the other.
    const lacking = where === 'settings' && of !== '' ? firstNotWritten(templates ?? [], of)?.id : undefined;
    if (where === 'settings' && lacking === undefined) {
      closeDialog();
      return onTab('settings');
    }
    const id = lacking ?? where;
    choose(id);
    openDialog({
      kind: 'edit-email',
      start: { template: id, language: of },
      languages: languagesOf(id),
      ...(lacking === undefined && { place: problem }),
      back: { kind: 'check-emails', onGo: goTo },
      onMove: choose,
    });
  }

  /** In the language that is shown. */
  function edit(id: string) {
    openDialog({ kind: 'edit-email', start: { template: id, language: shownLanguage }, languages: languagesOf(id), onMove: choose });
  }

  /** With the attachments, which a preview leaves out. */
  async function saveEml() {
    if (!mail) return;
    const { eml } = await client.email.preview({
      template,
      ...(reader && { user: { id: reader.id } }),
      ...(language !== null && { language }),
      withAttachments: true,
    });
    saveFile(`${template}.${mail.language}.eml`, 'message/rfc822', [eml]);
  }

  return (
    <div className={styles.root}>
      {listError && <ErrorNotice error={listError} context={text.listFailed} actions={tryAgain} />}
      <div className={styles.split}>
        <div className={styles.tree}>
          {templates ? (
            <TemplateTree templates={templates} chosen={template} onChoose={choose} onOpen={edit} />
          ) : (
            !listError && <p role="status">{text.loading}</p>
          )}
        </div>
        <section aria-label={row?.title ?? mailViewText.mail} className={styles.mail}>
          <div className={styles.reader}>
            <ReaderField reader={reader} onReader={setReader} />
            <LanguageField languages={row?.languages.map((one) => one.language) ?? []} language={language} onLanguage={setLanguage} />
          </div>
          {reader && verdict && (
            <MessageBar layout="multiline" politeness="polite">
              <MessageBarBody>{text.verdict(reader.label, verdict.template, verdict.to, verdict.reason)}</MessageBarBody>
              {verdict.template !== null && verdict.template !== template && (
                <MessageBarActions>
                  <Button size="small" onClick={() => choose(verdict.template!)}>
                    {text.goToTemplate}
                  </Button>
                </MessageBarActions>
              )}
            </MessageBar>
          )}
          {mailError && <ErrorNotice error={mailError} context={mailViewText.previewFailed} actions={tryAgain} />}
          {mail && <MailView mail={mail} view={view} onView={setView} />}
        </section>
      </div>
      <ExportNotice state={exported} onDismiss={exports.getState().dismiss} />
      <CommandRow commands={commands} />
    </div>
  );
}

function ExportNotice({ state, onDismiss }: { readonly state: ExportMailsState; onDismiss(): void }) {
  const dismiss = (
    <Button size="small" onClick={onDismiss}>
      {importEmailsText.dismiss}
    </Button>
  );
  if (state.phase === 'failed') return <ErrorNotice error={state.error} context={importEmailsText.exportFailed} actions={dismiss} />;
  return (
    <div role="status">
      {state.phase === 'done' && (
        <MessageBar intent={state.missing.length > 0 ? 'warning' : 'success'} layout="multiline">
          <MessageBarBody>
            {importEmailsText.exported(state.templates, state.file)}
            {state.missing.length > 0 && ` ${importEmailsText.missing(state.missing)}`}
          </MessageBarBody>
          <MessageBarActions>{dismiss}</MessageBarActions>
        </MessageBar>
      )}
    </div>
  );
}

function countsOf(templates: NonNullable<ReturnType<ReturnType<typeof createContentStore>['getState']>['templates']>): string {
  const languages = templates.flatMap((row) => row.languages);
  const edited = templates.filter((row) => row.languages.some(({ origin }) => origin !== 'default')).length;
  return text.counts(
    templates.length,
    edited,
    languages.reduce((sum, { errors, warnings }) => sum + errors + warnings, 0),
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', flex: '1 1 0', minHeight: '384px', rowGap: tokens.spacingVerticalS },
  split: { display: 'flex', flex: '1 1 0', minHeight: '0', columnGap: tokens.spacingHorizontalM },
  tree: {
    flex: '0 0 256px',
    overflow: 'auto',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    ...shorthands.border(tokens.strokeWidthThin, 'solid', tokens.colorNeutralStroke2),
  },
  mail: {
    flex: '1 1 0',
    minWidth: '0',
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalXS,
    overflowY: 'auto',
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    ...shorthands.border(tokens.strokeWidthThin, 'solid', tokens.colorNeutralStroke2),
  },
  reader: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalL, rowGap: tokens.spacingVerticalXS },
});
