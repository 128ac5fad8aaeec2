import { makeStyles, Table, TableBody, TableCell, TableRow, tokens } from '@fluentui/react-components';
import { ArrowDownRegular, ArrowUpRegular, DeleteRegular, EditRegular } from '@fluentui/react-icons';
import type { SecurityQuestion } from '../../../shared/contract/questions.contract.ts';
import { questionsText as text } from '../../i18n/en/questions.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { HeaderRow } from '../../ui/HeaderRow.tsx';

interface QuestionTableProps {
  /** Of one language, in their order. */
  readonly questions: readonly SecurityQuestion[];
  onEdit(question: SecurityQuestion): void;
  onMove(question: SecurityQuestion, direction: 'up' | 'down'): void;
  onRemove(question: SecurityQuestion): void;
}

/** Questions with their commands. A button that cannot do anything stays in the order of the keyboard, so that the focus does. */
export function QuestionTable({ questions, onEdit, onMove, onRemove }: QuestionTableProps) {
  const styles = useStyles();
  return (
    <Table size="small" aria-label={text.table}>
      <HeaderRow
        headers={[
          text.columns.question,
          { text: text.columns.users, className: styles.users },
          { text: text.columns.actions, className: styles.commands },
        ]}
      />
      <TableBody>
        {questions.map((question, index) => (
          <TableRow key={question.id}>
            <TableCell lang={question.language} className={styles.question}>
              {question.text}
            </TableCell>
            <TableCell className={styles.users}>{question.answers}</TableCell>
            <TableCell className={styles.commands}>
              <CommandButton
                calls="questions.move"
                {...button}
                icon={<ArrowUpRegular />}
                aria-label={text.up(question.text)}
                disabledFocusable={index === 0}
                onClick={() => onMove(question, 'up')}
              />
              <CommandButton
                calls="questions.move"
                {...button}
                icon={<ArrowDownRegular />}
                aria-label={text.down(question.text)}
                disabledFocusable={index === questions.length - 1}
                onClick={() => onMove(question, 'down')}
              />
              <CommandButton
                calls="questions.edit"
                {...button}
                icon={<EditRegular />}
                aria-label={text.edit(question.text)}
                onClick={() => onEdit(question)}
              />
              <CommandButton
                calls="questions.remove"
                {...button}
                icon={<DeleteRegular />}
                aria-label={text.remove(question.text)}
                onClick={() => onRemove(question)}
              />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

const button = { size: 'small', appearance: 'subtle' } as const;

const useStyles = makeStyles({
  question: { overflowWrap: 'anywhere' },
  users: { width: '64px', textAlign: 'end', fontVariantNumeric: 'tabular-nums', paddingRight: tokens.spacingHorizontalM },
  commands: { width: '136px', whiteSpace: 'nowrap' },
});
