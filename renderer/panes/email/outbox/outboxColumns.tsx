import { makeStyles, tokens } from '@fluentui/react-components';
import {
  CheckmarkCircleRegular,
  DismissCircleRegular,
  PauseCircleRegular,
  QuestionCircleRegular,
  WarningRegular,
} from '@fluentui/react-icons';
import type { ComponentType } from 'react';
import type { MailState, OutboxMail } from '../../../../shared/contract/outbox.contract.ts';
import { mailStateText, outboxText, templateText } from '../../../i18n/en/email.ts';
import { shortInstantText } from '../../../ui/instants.ts';
import type { TableColumn } from '../../../ui/table/tableColumn.ts';

type OutboxColumn = keyof typeof outboxText.columns;

function column(id: OutboxColumn, width: number, text: (mail: OutboxMail) => string): TableColumn<OutboxMail> {
  return { id, width, text, header: outboxText.columns[id] };
}

/** The columns of the outbox. As far as “Answer” they fit into a window of 1024 pixels. */
export const outboxColumns: readonly TableColumn<OutboxMail>[] = [
  { ...column('created', 108, ({ createdAt }) => shortInstantText(createdAt)), isFixed: true },
  { ...column('username', 116, ({ username }) => username), grow: 2 },
  { ...column('to', 140, ({ to }) => to), grow: 3 },
  { ...column('template', 136, templateText), grow: 2 },
  { ...column('state', 100, ({ state }) => mailStateText[state]), render: ({ state }) => <State state={state} /> },
  { ...column('attempts', 76, ({ attempts }) => String(attempts)), align: 'end' },
  column('nextTry', 104, ({ dueAt, attempts }) => (dueAt === null || attempts === 0 ? '' : shortInstantText(dueAt))),
  { ...column('reply', 96, ({ reply }) => reply), grow: 4 },
  { ...column('language', 80, ({ language }) => language), isOptional: true },
];

/** Nothing is said by colour alone. */
const marks: Partial<Record<MailState, ComponentType<{ className?: string; 'aria-hidden': true }>>> = {
  sent: CheckmarkCircleRegular,
  deferred: WarningRegular,
  failed: DismissCircleRegular,
  held: PauseCircleRegular,
  unknown: QuestionCircleRegular,
};

/** The state of a mail with its mark. */
export function State({ state }: Pick<OutboxMail, 'state'>) {
  const styles = useStyles();
  const Mark = marks[state];
  const classes: Partial<Record<MailState, string>> = {
    sent: styles.sent,
    deferred: styles.warning,
    unknown: styles.warning,
    failed: styles.failed,
    held: styles.held,
  };
  return (
    <span>
      {Mark && (
        <span className={styles.mark}>
          <Mark className={classes[state]} aria-hidden />
        </span>
      )}
      {mailStateText[state]}
    </span>
  );
}

const useStyles = makeStyles({
  mark: { verticalAlign: 'text-bottom', marginInlineEnd: tokens.spacingHorizontalXS },
  sent: { color: tokens.colorStatusSuccessForeground1, '@media (forced-colors: active)': { color: 'inherit' } },
  warning: { color: tokens.colorStatusWarningForeground1, '@media (forced-colors: active)': { color: 'inherit' } },
  failed: { color: tokens.colorStatusDangerForeground1, '@media (forced-colors: active)': { color: 'inherit' } },
  held: { color: tokens.colorNeutralForeground3, '@media (forced-colors: active)': { color: 'inherit' } },
});
