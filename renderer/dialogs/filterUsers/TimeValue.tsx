import { Input, Select, makeStyles, tokens } from '@fluentui/react-components';
import type { UserCondition } from '../../../shared/contract/userFilter.ts';
import { filterDialogText as text } from '../../i18n/en/userFilter.ts';

type TimeCondition = Extract<UserCondition, { kind: 'time' }>;
type TimeTest = keyof typeof text.times;

interface TimeValueProps {
  readonly place: number;
  readonly condition: TimeCondition;
  onChange(condition: UserCondition): void;
}

const dayMs = 86_400_000;

/** When something happened: a number of days, days of the calendar of this computer, or whether it did at all. */
export function TimeValue({ place, condition, onChange }: TimeValueProps) {
  const styles = useStyles();
  const test = testOf(condition);
  const { kind, field, not, days, after, before } = condition;
  const set = (value: Partial<TimeCondition>) => onChange({ kind, field, not, ...value });

  function choose(next: TimeTest) {
    const today = midnight(dayText(Date.now()));
    const values: Record<TimeTest, Partial<TimeCondition>> = {
      days: { not: false, days: days ?? 7 },
      'not-days': { not: true, days: days ?? 7 },
      since: { not: false, after: after ?? today },
      before: { not: false, before: before ?? today },
      between: { not: false, after: after ?? today, before: before ?? nextDay(today) },
      never: { not: false, never: true },
      ever: { not: true, never: true },
    };
    onChange({ kind, field, not: false, ...values[next] });
  }

  const isNumber = test === 'days' || test === 'not-days';
  const hasValue = test !== 'never' && test !== 'ever';
  return (
    <>
      <Select
        size="small"
        aria-label={text.test(place)}
        className={hasValue ? undefined : styles.wide}
        value={test}
        onChange={(_event, data) => choose(data.value as TimeTest)}
      >
        {(Object.keys(text.times) as TimeTest[]).map((one) => (
          <option key={one} value={one}>
            {text.times[one]}
          </option>
        ))}
      </Select>
      {hasValue && (
        <div className={styles.values}>
          {isNumber && (
            <Input
              size="small"
              type="number"
              min={1}
              max={36_500}
              aria-label={text.value(place)}
              value={days === undefined || days === 0 ? '' : String(days)}
              onChange={(_event, data) => set({ days: Math.floor(Number(data.value)) || 0 })}
            />
          )}
          {(test === 'since' || test === 'between') && (
            <DateBox label={text.value(place)} at={after} onChange={(at) => set({ after: at, before })} />
          )}
          {test === 'before' && <DateBox label={text.value(place)} at={before} onChange={(at) => set({ before: at })} />}
          {test === 'between' && before !== undefined && (
            // The end is excluded; people name the last day.
            <DateBox label={text.until(place)} at={before - 1} onChange={(at) => set({ after, before: nextDay(at) })} />
          )}
        </div>
      )}
    </>
  );
}

function DateBox({ label, at, onChange }: { readonly label: string; readonly at: number | undefined; onChange(at: number): void }) {
  return (
    <Input
      size="small"
      type="date"
      aria-label={label}
      value={at === undefined ? '' : dayText(at)}
      // An emptied box keeps the day that stood there: no condition is without one.
      onChange={(_event, data) => data.value !== '' && onChange(midnight(data.value))}
    />
  );
}

function testOf({ not, days, after, before, never }: TimeCondition): TimeTest {
  if (never) return not ? 'ever' : 'never';
  if (days !== undefined) return not ? 'not-days' : 'days';
  if (after !== undefined && before !== undefined) return 'between';
  return after === undefined ? 'before' : 'since';
}

/** `2026-01-31`, in the time zone of this computer. */
function dayText(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

const midnight = (day: string): number => new Date(`${day}T00:00`).getTime();
/** Days with a change of the clock are shorter or longer. */
const nextDay = (at: number): number => midnight(dayText(at + dayMs + dayMs / 12));

const useStyles = makeStyles({
  wide: { gridColumn: '2 / span 2' },
  values: { display: 'flex', columnGap: tokens.spacingHorizontalS, '& > *': { flex: '1 1 0', minWidth: '0' } },
});
