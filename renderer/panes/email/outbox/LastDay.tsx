import { Button, Table, TableBody, TableCell, TableRow, makeStyles, tokens } from '@fluentui/react-components';
import { ChevronDownRegular, ChevronUpRegular } from '@fluentui/react-icons';
import { lazy, Suspense, useMemo } from 'react';
import { z } from 'zod';
import type { MailHour } from '../../../../shared/contract/outbox.contract.ts';
import { lastDayText as text, mailStateText } from '../../../i18n/en/email.ts';
import { HeaderRow } from '../../../ui/HeaderRow.tsx';
import { shortInstantText } from '../../../ui/instants.ts';
import { outcomes, totalsOf } from '../../../ui/mail/lastDay.ts';
import { usePreference } from '../../../ui/preferences.tsx';

const LastDayChart = lazy(async () => ({ default: (await import('../../../ui/mail/LastDayChart.tsx')).LastDayChart }));

const kept = z.enum(['chart', 'table', 'hidden']);

/** Mails per hour of the last day by outcome: one line of sums, and behind it a chart or a table. Nothing where nothing was sent. */
export function LastDay({ hours }: { readonly hours: readonly MailHour[] }) {
  const styles = useStyles();
  const view = usePreference('outbox.lastDay', kept, 'chart');
  const totals = useMemo(() => totalsOf(hours), [hours]);
  if (outcomes.every((outcome) => totals[outcome] === 0)) return null;
  const isShown = view.value !== 'hidden';
  return (
    <section aria-label={text.title} className={styles.root}>
      <div className={styles.head}>
        <Button
          appearance="subtle"
          size="small"
          icon={isShown ? <ChevronUpRegular /> : <ChevronDownRegular />}
          aria-expanded={isShown}
          onClick={() => view.set(isShown ? 'hidden' : 'chart')}
        >
          {text.title}
        </Button>
        <span className={styles.sums}>{text.sums(totals)}</span>
        {isShown && (
          <Button size="small" appearance="subtle" onClick={() => view.set(view.value === 'table' ? 'chart' : 'table')}>
            {view.value === 'table' ? text.asChart : text.asTable}
          </Button>
        )}
      </div>
      {view.value === 'chart' && (
        <div className={styles.chart}>
          <Suspense>
            <LastDayChart hours={hours} />
          </Suspense>
        </div>
      )}
      {view.value === 'table' && <HoursTable hours={hours} />}
    </section>
  );
}

function HoursTable({ hours }: { readonly hours: readonly MailHour[] }) {
  const styles = useStyles();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- Scrolled with the keyboard, too.
    <div className={styles.table} tabIndex={0} role="region" aria-label={text.table}>
      <Table size="extra-small" aria-label={text.table}>
        <HeaderRow headers={[text.hour, ...outcomes.map((outcome) => mailStateText[outcome])]} />
        <TableBody>
          {hours.toReversed().map((hour) => (
            <TableRow key={hour.from}>
              <TableCell>{shortInstantText(hour.from)}</TableCell>
              {outcomes.map((outcome) => (
                <TableCell key={outcome} className={styles.number}>
                  {text.count(hour[outcome])}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', flexShrink: 0 },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: tokens.spacingHorizontalS },
  sums: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  chart: { height: '132px', overflow: 'hidden' },
  table: { height: '132px', overflowY: 'auto' },
  number: { fontVariantNumeric: 'tabular-nums' },
});
