import { Button, MessageBar, MessageBarActions, MessageBarBody, Text, makeStyles, shorthands, tokens } from '@fluentui/react-components';
import { useEffect, useMemo, useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { usePaneCommands } from '../../../app/useShell.ts';
import { emailProblemText, emailSettingsText as text } from '../../../i18n/en/email.ts';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { ValidationProvider } from '../../../ui/FormField.tsx';
import { useEmailSettings } from '../emailSettingsContext.ts';
import { differingFields, toForm } from './emailForm.ts';
import { fieldName } from './fieldName.ts';
import { isChanged, shownProblems } from './emailSettings.store.ts';
import { SettingsFields } from './SettingsFields.tsx';
import { TestDialog } from './TestDialog.tsx';

/** How mails leave: one form, applied at once. */
export function SettingsTab() {
  const styles = useStyles();
  const store = useEmailSettings();
  const settings = useStore(store);
  const { form, theirs, left, isSaving, notice, readError, saveError } = settings;
  const { load, discard, apply, leave, requestDraft, keepMine, loadTheirs } = store.getState();
  const [isTesting, setTesting] = useState(false);
  useEffect(() => void load(), [load]);
  usePaneCommands(useMemo(() => ({ refresh: () => void load() }), [load]));

  const readNotice = readError && (
    <ErrorNotice error={readError} context={text.readFailed} actions={<Button onClick={() => void load()}>{text.tryAgain}</Button>} />
  );
  if (!form) return readNotice ?? <p role="status">{text.loading}</p>;

  const isDirty = isChanged(settings);
  const problems = shownProblems(settings);
  const sentences = new Map([...problems].map(([field, problem]) => [field, emailProblemText(problem)]));
  const isSummed = typeof left === 'string' && sentences.size > 0;

  function onKeyDown(event: KeyboardEvent) {
    if (!event.ctrlKey || event.key.toLowerCase() !== 's') return;
    event.preventDefault();
    void apply();
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Keys for what is inside.
    <div className={styles.root} onKeyDown={onKeyDown}>
      {readNotice}
      {theirs && (
        <MessageBar intent="warning" layout="multiline" role="alert">
          <MessageBarBody>
            {text.meanwhile(theirs.savedBy, theirs.savedAt)}{' '}
            {text.differing(differingFields(form, toForm(theirs.settings)).map((field) => fieldName(field)))}
          </MessageBarBody>
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
      {saveError && <ErrorNotice error={saveError} context={text.saveFailed} />}
      <div className={styles.panel}>
        <ValidationProvider value={{ problems: sentences, leave }}>
          <SettingsFields form={form} store={store} />
        </ValidationProvider>
      </div>
      {isSummed && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>
            {text.problems(sentences.size)}
            {[...sentences].map(([field, sentence]) => `${fieldName(field)} – ${sentence}`).join(' ')}
          </MessageBarBody>
        </MessageBar>
      )}
      <div role="group" aria-label={text.commands} className={styles.commands}>
        <Button
          appearance="primary"
          title={text.applyKeys}
          aria-keyshortcuts="Control+S"
          disabledFocusable={!isDirty || isSaving || theirs !== null || sentences.size > 0}
          onClick={() => void apply()}
        >
          {isSaving ? text.applying : text.apply}
        </Button>
        <Button disabledFocusable={!isDirty || isSaving} onClick={discard}>
          {text.reset}
        </Button>
        <Button onClick={() => requestDraft() && setTesting(true)}>{text.test}</Button>
        <Text role="status" className={styles.state}>
          {isDirty ? (notice === 'kept-mine' ? text.keptMine : text.unsaved) : notice === 'saved' ? text.saved : ''}
        </Text>
      </div>
      {isTesting && <TestDialog onClose={() => setTesting(false)} />}
    </div>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', flex: '1 1 0', minHeight: '0', rowGap: tokens.spacingVerticalS },
  panel: {
    flex: '1 1 0',
    minHeight: '224px',
    overflowY: 'auto',
    padding: tokens.spacingHorizontalL,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    ...shorthands.border(tokens.strokeWidthThin, 'solid', tokens.colorNeutralStroke2),
  },
  commands: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  state: { color: tokens.colorNeutralForeground2 },
});
