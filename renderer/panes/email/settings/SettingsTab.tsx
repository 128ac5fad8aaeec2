import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { usePaneCommands } from '../../../app/useShell.ts';
import { emailProblemText, emailSettingsText as text } from '../../../i18n/en/email.ts';
import { settingsFormText } from '../../../i18n/en/settingsForm.ts';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { ValidationProvider } from '../../../ui/FormField.tsx';
import { SettingsFrame, TheirsButtons } from '../../../ui/SettingsFrame.tsx';
import { useEmailSettings } from '../emailSettingsContext.ts';
import { differingFields, toForm } from './emailForm.ts';
import { fieldName } from './fieldName.ts';
import { isChanged, shownProblems } from './emailSettings.store.ts';
import { SettingsFields } from './SettingsFields.tsx';
import { TestDialog } from './TestDialog.tsx';

/** How mails leave: one form, applied at once. */
export function SettingsTab() {
  const store = useEmailSettings();
  const settings = useStore(store);
  const { form, theirs, left, isSaving, notice, readError, saveError } = settings;
  const { load, discard, apply, leave, requestDraft, keepMine, loadTheirs } = store.getState();
  const [isTesting, setTesting] = useState(false);
  useEffect(() => void load(), [load]);
  usePaneCommands(useMemo(() => ({ refresh: () => void load() }), [load]));

  const readNotice = readError && (
    <ErrorNotice
      error={readError}
      context={text.readFailed}
      actions={<Button onClick={() => void load()}>{settingsFormText.tryAgain}</Button>}
    />
  );
  if (!form) return readNotice ?? <p role="status">{text.loading}</p>;

  const isDirty = isChanged(settings);
  const problems = shownProblems(settings);
  const sentences = new Map([...problems].map(([field, problem]) => [field, emailProblemText(problem)]));
  const isSummed = typeof left === 'string' && sentences.size > 0;

  return (
    <>
      <SettingsFrame
        above={
          <>
            {readNotice}
            {theirs && (
              <MessageBar intent="warning" layout="multiline" role="alert">
                <MessageBarBody>
                  {text.meanwhile(theirs.savedBy, theirs.savedAt)}{' '}
                  {text.differing(differingFields(form, toForm(theirs.settings)).map((field) => fieldName(field)))}
                </MessageBarBody>
                <MessageBarActions>
                  <TheirsButtons onKeepMine={keepMine} onLoadTheirs={loadTheirs} />
                </MessageBarActions>
              </MessageBar>
            )}
            {saveError && <ErrorNotice error={saveError} context={text.saveFailed} />}
          </>
        }
        below={
          isSummed && (
            <MessageBar intent="error" layout="multiline" role="alert">
              <MessageBarBody>
                {text.problems(sentences.size)}
                {[...sentences].map(([field, sentence]) => `${fieldName(field)} – ${sentence}`).join(' ')}
              </MessageBarBody>
            </MessageBar>
          )
        }
        isDirty={isDirty}
        isSaving={isSaving}
        isBlocked={theirs !== null || sentences.size > 0}
        notice={notice}
        buttons={<Button onClick={() => requestDraft() && setTesting(true)}>{text.test}</Button>}
        onApply={() => void apply()}
        onDiscard={discard}
      >
        <ValidationProvider value={{ problems: sentences, leave }}>
          <SettingsFields form={form} store={store} />
        </ValidationProvider>
      </SettingsFrame>
      {isTesting && <TestDialog onClose={() => setTesting(false)} />}
    </>
  );
}
