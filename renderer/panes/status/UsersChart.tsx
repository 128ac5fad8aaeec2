import { VerticalStackedBarChart } from '@fluentui/react-charts';
import { tokens } from '@fluentui/react-components';
import type { MethodCount } from '../../../shared/contract/status.contract.ts';
import { editUserText } from '../../i18n/en/editUser.ts';
import { formatCount } from '../../i18n/en/jobs.ts';
import { statusText as text } from '../../i18n/en/status.ts';
import { chartMargins, countAxis } from '../../ui/chartAxis.ts';

const parts = [
  { of: 'complete', color: tokens.colorPaletteGreenBackground3 },
  { of: 'incomplete', color: tokens.colorPaletteMarigoldBackground3 },
  { of: 'disabled', color: tokens.colorNeutralForeground4 },
] as const;

/** Users by method, each bar made of those who can use it, those who cannot yet, and those who are disabled. */
export function UsersChart({ methods }: { readonly methods: readonly MethodCount[] }) {
  return (
    <VerticalStackedBarChart
      chartTitle={text.usersTitle}
      height={240}
      barWidth={48}
      hideLabels
      hideTickOverlap={false}
      wrapXAxisLables
      {...countAxis(Math.max(0, ...methods.map((count) => parts.reduce((sum, { of }) => sum + count[of], 0))))}
      margins={chartMargins}
      data={methods.map((count) => ({
        xAxisPoint: editUserText.methods[count.method],
        chartData: parts.map(({ of, color }) => ({
          legend: text[of],
          data: count[of],
          yAxisCalloutData: formatCount(count[of]),
          color,
        })),
      }))}
    />
  );
}
