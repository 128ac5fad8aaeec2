/** A stretch of time, `to` excluded. */
export interface Moment {
  readonly from: number;
  readonly to: number;
}

const dayPattern = /^(\d{4})-(\d\d)-(\d\d)$/;
const instantPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)?$/i;

const startOf = (year: number, month: number, day: number) => new Date(year, month - 1, day).getTime();

/** `2026-01-31` is that day in the time zone of this computer, `2026-01-31T08:30` (or with seconds, or a zone) one millisecond; null for what is neither. */
export function parseMoment(text: string): Moment | null {
  const [, year, month, day] = (dayPattern.exec(text) ?? []).map(Number);
  if (year !== undefined && month !== undefined && day !== undefined) {
    const date = new Date(year, month - 1, day);
    const exists = year >= 1900 && date.getMonth() === month - 1 && date.getDate() === day;
    return exists ? { from: date.getTime(), to: startOf(year, month, day + 1) } : null;
  }
  const instant = instantPattern.test(text) ? Date.parse(text.toUpperCase()) : Number.NaN;
  return Number.isNaN(instant) ? null : { from: instant, to: instant + 1 };
}

/** The shortest text whose moment begins at `instant`. */
export function formatFrom(instant: number): string {
  const date = new Date(instant);
  const isDay = startOf(date.getFullYear(), date.getMonth() + 1, date.getDate()) === instant;
  return isDay ? dayText(date) : date.toISOString();
}

/** The shortest text whose moment ends at `instant`. */
export function formatTo(instant: number): string {
  const last = new Date(instant - 1);
  const isDay = startOf(last.getFullYear(), last.getMonth() + 1, last.getDate() + 1) === instant;
  return isDay ? dayText(last) : last.toISOString();
}

function dayText(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
