import { LineChart } from '@fluentui/react-charts';
import { tokens } from '@fluentui/react-components';
import type { EnrolmentDay } from '../../../shared/contract/status.contract.ts';
import { formatCount } from '../../i18n/en/jobs.ts';
import { statusText as text } from '../../i18n/en/status.ts';
import { chartMargins, countAxis, daysOnAxis } from '../../ui/chartAxis.ts';
import { dayText, shortDayText } from '../../ui/instants.ts';

const lines = [
  { of: 'users', color: tokens.colorBrandBackground },
  { of: 'complete', color: tokens.colorPaletteGreenBackground3 },
] as const;

const instantOf = (day: string) => new Date(`${day}T00:00:00Z`);

/** All users and complete ones, day by day. */
export function EnrolmentChart({ days }: { readonly days: readonly EnrolmentDay[] }) {
  return (
    <LineChart
      height={240}
      yMinValue={0}
      {...countAxis(Math.max(0, ...days.flatMap(({ users, complete }) => [users, complete])))}
      margins={chartMargins}
      tickValues={daysOnAxis(days.map(({ day }) => instantOf(day)))}
      customDateTimeFormatter={(day) => shortDayText(day.getTime())}
      useUTC
      data={{
        chartTitle: text.enrolmentTitle,
        lineChartData: lines.map(({ of, color }) => ({
          legend: text[of],
          color,
          data: days.map((each) => {
            const x = instantOf(each.day);
            return { x, y: each[of], xAxisCalloutData: dayText(x.getTime()), yAxisCalloutData: formatCount(each[of]) };
          }),
        })),
      }}
    />
  );
}
