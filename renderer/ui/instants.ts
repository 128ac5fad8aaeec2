const absolute = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
const short = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const shortDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

const units = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** An instant (milliseconds since 1970, UTC) in the time of this computer: `22 Nov 2026, 20:31`. */
export function instantText(instant: number): string {
  return absolute.format(instant);
}

/** Without the year, for what just happened: `22 Nov, 20:31`. */
export function shortInstantText(instant: number): string {
  return short.format(instant);
}

/** The day of an instant in UTC, for dates that mean the same everywhere: `31 Jan 2027`. */
export function dayText(instant: number): string {
  return day.format(instant);
}

/** The same without the year, where there is little place: `31 Jan`. */
export function shortDayText(instant: number): string {
  return shortDay.format(instant);
}

/** How long ago: `5 minutes ago`, `now`. */
export function relativeText(instant: number, now: number): string {
  const differenceMs = instant - now;
  const unit = units.find(([, lengthMs]) => Math.abs(differenceMs) >= lengthMs);
  return unit ? relative.format(Math.round(differenceMs / unit[1]), unit[0]) : relative.format(0, 'second');
}
