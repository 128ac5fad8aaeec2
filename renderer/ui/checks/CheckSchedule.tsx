import { Field, Select, makeStyles, tokens } from '@fluentui/react-components';
import { checkHistoryText as text } from '../../i18n/en/checkHistory.ts';

const offered = [0, 1, 6, 24, 168];

interface CheckScheduleProps {
  readonly everyHours: number;
  onChange(everyHours: number): void;
}

/** How often the console checks by itself. */
export function CheckSchedule({ everyHours, onChange }: CheckScheduleProps) {
  const styles = useStyles();
  const choices = offered.includes(everyHours) ? offered : [...offered, everyHours].toSorted((a, b) => a - b);
  return (
    <Field label={text.schedule} orientation="horizontal" className={styles.field}>
      <Select value={everyHours} onChange={(_event, { value }) => onChange(Number(value))}>
        {choices.map((hours) => (
          <option key={hours} value={hours}>
            {text.every(hours)}
          </option>
        ))}
      </Select>
    </Field>
  );
}

const useStyles = makeStyles({
  field: { gridTemplateColumns: 'max-content minmax(0, 1fr)', columnGap: tokens.spacingHorizontalS, alignItems: 'center' },
});
