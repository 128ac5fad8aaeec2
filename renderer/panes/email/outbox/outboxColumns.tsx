import type { OutboxMail } from '../../../../shared/contract/outbox.contract.ts';
import { mailStateText, outboxText, templateText } from '../../../i18n/en/email.ts';
import { shortInstantText } from '../../../ui/instants.ts';
import type { TableColumn } from '../../../ui/table/tableColumn.ts';
import { State } from './MailStateMark.tsx';

type OutboxColumn = keyof typeof outboxText.columns;

function column(id: OutboxColumn, width: number, text: (mail: OutboxMail) => string): TableColumn<OutboxMail> {
  return { id, width, text, header: outboxText.columns[id] };
}

/** The columns of the outbox. As far as “Answer” they fit into a window of 1024 pixels. */
export const outboxColumns: readonly TableColumn<OutboxMail>[] = [
  { ...column('created', 124, ({ createdAt }) => shortInstantText(createdAt)), isFixed: true },
  { ...column('username', 104, ({ username }) => username), grow: 2 },
  { ...column('to', 128, ({ to }) => to), grow: 2 },
  { ...column('template', 116, templateText), grow: 4 },
  { ...column('state', 108, ({ state }) => mailStateText[state]), render: ({ state }) => <State state={state} /> },
  { ...column('attempts', 92, ({ attempts }) => String(attempts)), align: 'end' },
  column('nextTry', 120, ({ dueAt, attempts }) => (dueAt === null || attempts === 0 ? '' : shortInstantText(dueAt))),
  { ...column('reply', 90, ({ reply }) => reply), grow: 4 },
  { ...column('language', 80, ({ language }) => language), isOptional: true },
];
