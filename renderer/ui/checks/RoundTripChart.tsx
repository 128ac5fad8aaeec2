import { LineChart } from '@fluentui/react-charts';
import { tokens } from '@fluentui/react-components';
import { checkHistoryText as text } from '../../i18n/en/checkHistory.ts';
import { instantText, shortInstantText } from '../instants.ts';

interface RoundTripChartProps {
  readonly points: readonly { readonly at: number; readonly ms: number }[];
}

/** How long the way took, check by check. */
export function RoundTripChart({ points }: RoundTripChartProps) {
  return (
    <LineChart
      height={160}
      hideLegend
      yMinValue={0}
      yAxisTickFormat={text.roundTrip}
      yAxisTickCount={3}
      xAxisTickCount={5}
      customDateTimeFormatter={(date) => shortInstantText(date.getTime())}
      margins={{ left: 64, right: 48 }}
      data={{
        chartTitle: text.chart,
        lineChartData: [
          {
            legend: text.columns.roundTrip,
            color: tokens.colorBrandBackground,
            data: points.map(({ at, ms }) => ({
              ...{ x: new Date(at), y: ms },
              ...{ xAxisCalloutData: instantText(at), yAxisCalloutData: text.roundTrip(ms) },
            })),
          },
        ],
      }}
    />
  );
}
