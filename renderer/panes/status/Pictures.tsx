import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { MailHour } from '../../../shared/contract/outbox.contract.ts';
import type { EnrolmentDay, MethodCount } from '../../../shared/contract/status.contract.ts';
import { editUserText } from '../../i18n/en/editUser.ts';
import { mailStateText } from '../../i18n/en/email.ts';
import { formatCount } from '../../i18n/en/jobs.ts';
import { statusText as text } from '../../i18n/en/status.ts';
import { dayText, relativeText, shortInstantText } from '../../ui/instants.ts';
import { outcomes, totalsOf } from '../../ui/mail/lastDay.ts';
import { Card } from './Card.tsx';
import { DataTable } from './DataTable.tsx';

// The library of charts is as large as everything else on the page.
const UsersChart = lazy(async () => ({ default: (await import('./UsersChart.tsx')).UsersChart }));
const LastDayChart = lazy(async () => ({ default: (await import('../../ui/mail/LastDayChart.tsx')).LastDayChart }));
const EnrolmentChart = lazy(async () => ({ default: (await import('./EnrolmentChart.tsx')).EnrolmentChart }));

/** Users by method, and whether they can use it. */
export function UsersCard({ methods, countedAt }: { readonly methods: readonly MethodCount[]; readonly countedAt: number | null }) {
  const total = methods.reduce((sum, { complete, incomplete, disabled }) => sum + complete + incomplete + disabled, 0);
  if (countedAt === null || total === 0)
    return <EmptyCard title={text.usersTitle} why={countedAt === null ? text.notCounted : text.noUsers} />;
  return (
    <ChartCard
      title={text.usersTitle}
      note={text.countedAt(relativeText(countedAt, Date.now()))}
      chart={<UsersChart methods={methods} />}
      table={
        <DataTable
          label={text.usersTitle}
          columns={[
            { header: text.method },
            ...[text.complete, text.incomplete, text.disabled, text.all].map((header) => ({ header, isNumber: true })),
          ]}
          rows={methods.map(({ method, complete, incomplete, disabled }) => ({
            key: method,
            cells: [editUserText.methods[method], ...[complete, incomplete, disabled, complete + incomplete + disabled].map(formatCount)],
          }))}
        />
      }
    />
  );
}

/** How many can use their second factor, day by day. */
export function EnrolmentCard({ days }: { readonly days: readonly EnrolmentDay[] }) {
  if (days.length < 2) return <EmptyCard title={text.enrolmentTitle} why={text.oneDay} />;
  return (
    <ChartCard
      title={text.enrolmentTitle}
      note={text.enrolmentText}
      chart={<EnrolmentChart days={days} />}
      table={
        <DataTable
          label={text.enrolmentTitle}
          columns={[{ header: text.day }, { header: text.users, isNumber: true }, { header: text.complete, isNumber: true }]}
          rows={days.toReversed().map(({ day, users, complete }) => ({
            key: day,
            cells: [dayText(Date.parse(day)), formatCount(users), formatCount(complete)],
          }))}
        />
      }
    />
  );
}

/** What became of the mails of the last day, hour by hour. */
export function MailCard({ hours }: { readonly hours: readonly MailHour[] }) {
  const totals = totalsOf(hours);
  if (outcomes.every((outcome) => totals[outcome] === 0)) return <EmptyCard title={text.mailTitle} why={text.noMail} />;
  return (
    <ChartCard
      title={text.mailTitle}
      note={text.mailSums(totals)}
      chart={<LastDayChart hours={hours} height={240} />}
      table={
        <DataTable
          label={text.mailTitle}
          columns={[{ header: text.hour }, ...outcomes.map((outcome) => ({ header: mailStateText[outcome], isNumber: true }))]}
          rows={hours.toReversed().map((hour) => ({
            key: String(hour.from),
            cells: [shortInstantText(hour.from), ...outcomes.map((outcome) => formatCount(hour[outcome]))],
          }))}
        />
      }
    />
  );
}

/** In place of a picture where there is nothing to draw. */
function EmptyCard({ title, why }: { readonly title: string; readonly why: string }) {
  const styles = useStyles();
  return (
    <Card title={title}>
      <p className={styles.none}>{why}</p>
    </Card>
  );
}

interface ChartCardProps {
  readonly title: string;
  readonly note: string;
  readonly chart: ReactNode;
  readonly table: ReactNode;
}

/** A picture, and the numbers behind it for who reads rather than looks. */
function ChartCard({ title, note, chart, table }: ChartCardProps) {
  const styles = useStyles();
  const [isTable, setTable] = useState(false);
  return (
    <Card
      title={title}
      action={
        <Button size="small" appearance="subtle" onClick={() => setTable(!isTable)}>
          {isTable ? text.showChart : text.showTable}
        </Button>
      }
    >
      <div className={styles.chart}>{isTable ? table : <Suspense>{chart}</Suspense>}</div>
      <p className={styles.none}>{note}</p>
    </Card>
  );
}

const useStyles = makeStyles({
  chart: { minHeight: '240px' },
  none: { margin: '0', color: tokens.colorNeutralForeground2 },
});
