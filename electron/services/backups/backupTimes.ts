import type { BackupSchedule } from '../../../shared/contract/backups.contract.ts';

const hourMs = 60 * 60 * 1000;
const dayHours = 24;

/** Times of a day on which backups may be made, on the clock of this computer, also when that is put forward or back. */
function slotsOf(day: Date, { everyHours, at }: Pick<BackupSchedule, 'everyHours' | 'at'>): number[] {
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  const step = Math.min(everyHours, dayHours);
  const hours = Array.from({ length: dayHours / step }, (_, index) => (hour + index * step) % dayHours);
  return hours.map((each) => new Date(day.getFullYear(), day.getMonth(), day.getDate(), each, minute).getTime()).toSorted((a, b) => a - b);
}

/** When the next backup is due after one at `since` (milliseconds since 1970). */
export function nextBackup(schedule: Pick<BackupSchedule, 'everyHours' | 'at'>, since: number): number {
  // Half a day less: a copy that began late must not put the next one off by a day.
  const earliest = schedule.everyHours > dayHours ? since + (schedule.everyHours - dayHours / 2) * hourMs : since;
  const start = new Date(earliest);
  for (let day = 0; ; day++) {
    const found = slotsOf(new Date(start.getFullYear(), start.getMonth(), start.getDate() + day), schedule).find((slot) => slot > earliest);
    if (found !== undefined) return found;
  }
}

/** A backup should have been made again by then: one may fail, two in a row are too many. */
export function tooOldAfter({ everyHours }: Pick<BackupSchedule, 'everyHours'>): number {
  return (2 * everyHours + 1) * hourMs;
}
