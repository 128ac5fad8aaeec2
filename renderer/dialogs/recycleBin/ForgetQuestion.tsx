import { makeStyles, tokens } from '@fluentui/react-components';
import { recycleBinText as text } from '../../i18n/en/recycleBin.ts';
import { LossQuestion } from '../../ui/LossQuestion.tsx';
import { NameList } from '../../ui/NameList.tsx';

interface ForgetQuestionProps {
  readonly count: number;
  readonly names: readonly string[];
  onAnswer(isYes: boolean): void;
}

/** Asks before users are deleted for good, and names them. Esc keeps them. */
export function ForgetQuestion({ count, names, onAnswer }: ForgetQuestionProps) {
  const styles = useStyles();
  return (
    <LossQuestion
      title={text.question(count)}
      keep={text.cancel}
      lose={text.deleteThem}
      className={styles.content}
      onKeep={() => onAnswer(false)}
      onLose={() => onAnswer(true)}
    >
      <NameList label={text.names} names={names} count={count} more={text.more} />
      <span>{text.consequence}</span>
    </LossQuestion>
  );
}

const useStyles = makeStyles({ content: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM } });
