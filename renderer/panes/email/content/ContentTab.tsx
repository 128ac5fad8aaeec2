import { Button, MessageBar, MessageBarActions, MessageBarBody, makeStyles, shorthands, tokens } from '@fluentui/react-components';
import { EditRegular, SaveRegular } from '@fluentui/react-icons';
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { fallbackLanguage } from '../../../../shared/texts/defaultTexts.ts';
import { useClient } from '../../../app/client.tsx';
import { useDialogs } from '../../../app/dialogs.store.ts';
import { usePaneCommands, usePaneStatus } from '../../../app/useShell.ts';
import { emailContentText as text, mailViewText } from '../../../i18n/en/emailContent.ts';
import { CommandRow, type Command } from '../../../ui/CommandRow.tsx';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { MailView } from '../../../ui/mail/MailView.tsx';
import { LanguageField, ReaderField } from '../../../ui/mail/ReaderFields.tsx';
import { saveFile } from '../../../ui/saveFile.ts';
import { createContentStore } from './content.store.ts';
import { TemplateTree } from './TemplateTree.tsx';

/** What the mails say: all of them at the left, one of them at the right as its reader would see it. */
export function ContentTab() {
  const styles = useStyles();
  const client = useClient();
  const [store] = useState(() => createContentStore(client));
  const { templates, listError, template, reader, language, view, mail, mailError, verdict } = useStore(store);
  const openDialog = useDialogs((s) => s.open);
  const { follow, load, choose, setReader, setLanguage, setView } = store.getState();
  useEffect(() => follow(), [follow]);
  usePaneCommands(useMemo(() => ({ refresh: () => void load() }), [load]));
  usePaneStatus({ counts: templates ? countsOf(templates) : undefined });

  const row = templates?.find(({ id }) => id === template);
  const tryAgain = <Button onClick={() => void load()}>{text.tryAgain}</Button>;
  const commands: readonly Command[] = [
    { id: 'edit', label: text.edit, icon: <EditRegular />, keys: 'Enter', isDisabled: row === undefined, run: () => edit(template) },
    { id: 'save', label: text.save, icon: <SaveRegular />, isDisabled: mail === null, run: () => void saveEml() },
  ];

  /** In the language that is shown. */
  function edit(id: string) {
    const languages = templates?.find((one) => one.id === id)?.languages.map((one) => one.language) ?? [];
    const shown = language ?? mail?.language ?? fallbackLanguage;
    openDialog({ kind: 'edit-email', start: { template: id, language: shown }, languages, onMove: choose });
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
      <CommandRow commands={commands} />
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
