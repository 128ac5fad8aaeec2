import { tokens } from '@fluentui/react-components';
import { ResponsiveContainer, VerticalStackedBarChart } from '@fluentui/react-charts';
import { useMemo } from 'react';
import type { MailHour } from '../../../shared/contract/outbox.contract.ts';
import { lastDayText as text, mailStateText } from '../../i18n/en/email.ts';
import { countAxis } from '../chartAxis.ts';
import { clockLabels, outcomes, totalsOf, type AttemptOutcome } from './lastDay.ts';

const colors: Readonly<Record<AttemptOutcome, string>> = {
  sent: tokens.colorPaletteLightGreenBackground3,
  deferred: tokens.colorPaletteYellowBackground3,
  failed: tokens.colorPaletteRedBackground3,
  unknown: tokens.colorNeutralForeground3,
};

interface LastDayChartProps {
  readonly hours: readonly MailHour[];
  readonly height?: number;
}

/** Mails per hour, one bar for each hour; the height is in CSS pixels. */
export function LastDayChart({ hours, height = 132 }: LastDayChartProps) {
  const data = useMemo(() => {
    const totals = totalsOf(hours);
    const labels = clockLabels(hours);
    // What did not happen all day has no place in the legend.
    const shown = outcomes.filter((outcome) => totals[outcome] > 0);
    return hours.map((hour, index) => ({
      xAxisPoint: labels[index]!,
      chartData: shown.map((outcome) => ({ legend: mailStateText[outcome], data: hour[outcome], color: colors[outcome] })),
    }));
  }, [hours]);
  return (
    <ResponsiveContainer>
      <VerticalStackedBarChart
        data={data}
        chartTitle={text.title}
        height={height}
        margins={{ top: 8, bottom: 24, left: 40, right: 8 }}
        barWidth="auto"
        maxBarWidth={24}
        {...countAxis(Math.max(0, ...hours.map((hour) => outcomes.reduce((sum, outcome) => sum + hour[outcome], 0))))}
        hideLabels
        hideTickOverlap
        isCalloutForStack
      />
    </ResponsiveContainer>
  );
}
