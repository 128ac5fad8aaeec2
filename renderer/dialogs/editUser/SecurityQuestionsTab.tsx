import { Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { answersOfUser, type SecurityQuestion } from '../../../shared/contract/questions.contract.ts';
import { useClient } from '../../app/client.tsx';
import { questionsText as text } from '../../i18n/en/questions.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';

interface Known {
  readonly questions: readonly SecurityQuestion[];
  /** Ids of the questions that the user has answered. */
  readonly answered: readonly number[];
}

/** A user's answers to security questions. They take effect at once, since nobody could review what is never shown. */
export function SecurityQuestionsTab({ userId }: { readonly userId: number }) {
  const styles = useStyles();
  const client = useClient();
  const [known, setKnown] = useState<Known | null>(null);
  const [chosen, setChosen] = useState(0);
  const [answer, setAnswer] = useState('');
  const [done, setDone] = useState('');
  const [error, setError] = useState<unknown>(null);
  const chooser = useRef<HTMLSelectElement>(null);

  useEffect(() => {
    let isCurrent = true;
    async function load() {
      try {
        const [{ questions }, { answered }] = await Promise.all([client.questions.list({}), client.users.get({ id: userId })]);
        if (isCurrent) setKnown({ questions, answered });
      } catch (thrown) {
        if (isCurrent) setError(thrown);
      }
    }
    void load();
    const stop = client.questions.onChanged(() => void load());
    return () => {
      isCurrent = false;
      stop();
    };
  }, [client, userId]);

  async function change(work: () => Promise<unknown>, words: string) {
    setError(null);
    setDone('');
    try {
      await work();
      setDone(words);
      setAnswer('');
    } catch (thrown) {
      setError(thrown);
    }
  }

  async function clear(questionIds?: number[]) {
    await change(() => client.questions.clearAnswers({ user: { id: userId }, questionIds }), text.answerCleared);
    // Its button goes.
    chooser.current?.focus();
  }

  const questions = known?.questions ?? [];
  const answered = questions.filter(({ id }) => known?.answered.includes(id));
  const isFull = answered.length >= answersOfUser;
  const offered = isFull ? answered : questions;
  const questionId = offered.some(({ id }) => id === chosen) ? chosen : (offered[0]?.id ?? 0);

  return (
    <div className={styles.root}>
      <span>{text.tabIntro(answersOfUser)}</span>
      {known && answered.length === 0 && <span className={styles.quiet}>{text.noneAnswered}</span>}
      {answered.length > 0 && (
        <ul aria-label={text.answered} className={styles.list}>
          {answered.map((question) => (
            <li key={question.id} className={styles.item}>
              <span lang={question.language}>{question.text}</span>
              <CommandButton
                calls="questions.clearAnswers"
                size="small"
                aria-label={text.clearOf(question.text)}
                onClick={() => void clear([question.id])}
              >
                {text.clear}
              </CommandButton>
            </li>
          ))}
        </ul>
      )}
      {answered.length > 1 && (
        <CommandButton calls="questions.clearAnswers" size="small" className={styles.start} onClick={() => void clear()}>
          {text.clearAll}
        </CommandButton>
      )}
      {isFull && <span className={styles.quiet}>{text.full}</span>}
      <Field label={text.chosen} orientation="horizontal" className={styles.field}>
        <Select ref={chooser} value={String(questionId)} onChange={(_event, data) => setChosen(Number(data.value))}>
          {offered.map(({ id, language, text: words }) => (
            <option key={id} value={id} lang={language}>
              {words}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={text.answer} orientation="horizontal" className={styles.field}>
        <Input type="password" autoComplete="off" maxLength={256} value={answer} onChange={(_event, data) => setAnswer(data.value)} />
      </Field>
      <CommandButton
        calls="questions.setAnswers"
        className={styles.start}
        disabledFocusable={answer.trim() === '' || questionId === 0}
        onClick={() =>
          void change(() => client.questions.setAnswers({ user: { id: userId }, answers: [{ questionId, answer }] }), text.answerSet)
        }
      >
        {text.setAnswer}
      </CommandButton>
      <div role="status">{done}</div>
      {error !== null && <ErrorNotice error={error} context={known ? text.answerFailed : text.listFailed} />}
    </div>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  quiet: { color: tokens.colorNeutralForeground2 },
  list: { listStyleType: 'none', margin: '0', padding: '0', display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXS },
  item: { display: 'flex', columnGap: tokens.spacingHorizontalS, alignItems: 'center', justifyContent: 'space-between' },
  field: { gridTemplateColumns: '96px minmax(0, 1fr)' },
  start: { alignSelf: 'flex-start' },
});
