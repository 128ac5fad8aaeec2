import { Button, Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components';
import { useEffect, useId, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { questionTextLimit, type SecurityQuestion } from '../../../shared/contract/questions.contract.ts';
import { useClient } from '../../app/client.tsx';
import { questionsText as text } from '../../i18n/en/questions.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { AppDialog, DialogCloseButton } from '../../ui/AppDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { LossQuestion } from '../../ui/LossQuestion.tsx';
import { SubmitForm } from '../../ui/SubmitForm.tsx';
import { QuestionTable } from './QuestionTable.tsx';
import { createQuestionsStore } from './questions.store.ts';

/** Languages that can always be chosen; others come with their first question, for example from a script. */
const shippedLanguages = ['en', 'de', 'fr', 'es'];
const doneText = { added: text.addedIt, saved: text.savedIt, removed: text.removedIt };

/** The catalogue of security questions, one language at a time. */
export function SecurityQuestionsDialog({ onClose }: { onClose(): void }) {
  const styles = useStyles();
  const formId = useId();
  const client = useClient();
  const [store] = useState(() => createQuestionsStore(client));
  const { list, language, editing, typed, done, error } = useStore(store);
  const { load, watch, chooseLanguage, type, edit, save, remove, move } = store.getState();
  const [asked, setAsked] = useState<SecurityQuestion | null>(null);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    void load();
    return watch();
  }, [load, watch]);

  const all = list.phase === 'shown' ? list.questions : [];
  const questions = all.filter((question) => question.language === language);
  const languages = [...new Set([...shippedLanguages, ...all.map((question) => question.language)])];
  const isChanged = typed.trim() !== (editing?.text ?? '');
  const mayEdit = typed.trim() !== '' && isChanged;

  function startEdit(question: SecurityQuestion | null) {
    edit(question);
    field.current?.focus();
  }

  async function removeIt(question: SecurityQuestion) {
    setAsked(null);
    await remove(question);
    // What had the focus is gone.
    field.current?.focus();
  }

  return (
    <AppDialog
      title={text.title}
      sizeKey="securityQuestions"
      initialSize={{ width: 780, height: 560 }}
      isDirty={isChanged}
      onClose={onClose}
      actions={<DialogCloseButton>{text.close}</DialogCloseButton>}
    >
      <div className={styles.root}>
        <span>{text.intro}</span>
        <Field label={text.language} orientation="horizontal" className={styles.field}>
          <Select value={language} onChange={(_event, data) => chooseLanguage(data.value)}>
            {languages.map((code) => (
              <option key={code} value={code}>
                {text.languageName(code)}
              </option>
            ))}
          </Select>
        </Field>
        {list.phase === 'failed' && <ErrorNotice error={list.error} context={text.listFailed} />}
        {list.phase === 'shown' && questions.length === 0 && <p className={styles.empty}>{text.none}</p>}
        {questions.length > 0 && (
          <QuestionTable
            questions={questions}
            onEdit={startEdit}
            onMove={(question, direction) => void move(question, direction)}
            onRemove={(question) => (question.answers > 0 ? setAsked(question) : void removeIt(question))}
          />
        )}
        <SubmitForm
          id={formId}
          className={styles.form}
          onSubmit={() => {
            if (mayEdit) void save();
          }}
        >
          <Field label={editing ? text.editQuestion : text.newQuestion} className={styles.grow}>
            <Input ref={field} lang={language} maxLength={questionTextLimit} value={typed} onChange={(_event, data) => type(data.value)} />
          </Field>
          <CommandButton
            calls={editing ? 'questions.edit' : 'questions.add'}
            type="submit"
            appearance="primary"
            disabledFocusable={!mayEdit}
          >
            {editing ? text.save : text.add}
          </CommandButton>
          {editing && <Button onClick={() => startEdit(null)}>{text.cancelEdit}</Button>}
        </SubmitForm>
        <div role="status">{done && doneText[done]}</div>
        {error !== null && <ErrorNotice error={error} context={text.failed} />}
      </div>
      {asked && <RemoveQuestion question={asked} onRemove={() => void removeIt(asked)} onKeep={() => setAsked(null)} />}
    </AppDialog>
  );
}

interface RemoveQuestionProps {
  readonly question: SecurityQuestion;
  onRemove(): void;
  onKeep(): void;
}

/** Asks before answers are lost. */
function RemoveQuestion({ question, onRemove, onKeep }: RemoveQuestionProps) {
  return (
    <LossQuestion title={text.removeTitle} keep={text.keepIt} lose={text.removeIt} onKeep={onKeep} onLose={onRemove}>
      <p lang={question.language}>{question.text}</p>
      <p>{text.removeText(question.answers)}</p>
    </LossQuestion>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  field: { gridTemplateColumns: '96px 220px' },
  empty: { color: tokens.colorNeutralForeground2 },
  form: { display: 'flex', columnGap: tokens.spacingHorizontalS, alignItems: 'flex-end' },
  grow: { flex: '1 1 0', minWidth: '0' },
});
