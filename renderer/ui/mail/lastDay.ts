import type { MailHour } from '../../../shared/contract/outbox.contract.ts';

/** What can become of an attempt, in the order in which it is shown. */
export const outcomes = ['sent', 'deferred', 'failed', 'unknown'] as const;
export type AttemptOutcome = (typeof outcomes)[number];

/** All attempts by what became of them. */
export function totalsOf(hours: readonly MailHour[]): Readonly<Record<AttemptOutcome, number>> {
  const total = (outcome: AttemptOutcome) => hours.reduce((sum, hour) => sum + hour[outcome], 0);
  return { sent: total('sent'), deferred: total('deferred'), failed: total('failed'), unknown: total('unknown') };
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** When each hour begins, on the clock of this computer. No two are the same, also where the clock is put back. */
export function clockLabels(
  hours: readonly MailHour[],
  format: (instant: number) => string = (instant) => clock.format(instant),
): string[] {
  const seen = new Set<string>();
  return hours.map(({ from }) => {
    let label = format(from);
    // Cannot be seen, but makes it another column.
    while (seen.has(label)) label += '\u200b';
    seen.add(label);
    return label;
  });
}
