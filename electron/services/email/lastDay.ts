import type { MailHour } from '../../../shared/contract/outbox.contract.ts';
import type { OutboxStore } from './outboxPorts.ts';

const hourMs = 60 * 60 * 1000;
const hoursShown = 24;

/** What became of the attempts of the last 24 hours, hour by hour, the oldest first; hours without one are among them. */
export function lastDay(store: Pick<OutboxStore, 'outcomesSince'>, now: number): MailHour[] {
  const present = Math.floor(now / hourMs);
  const first = present - hoursShown + 1;
  const counts = new Map(store.outcomesSince(first).map(({ hour, outcome, count }) => [`${hour} ${outcome}`, count]));
  return Array.from({ length: hoursShown }, (_none, at) => {
    const hour = first + at;
    const of = (outcome: string) => counts.get(`${hour} ${outcome}`) ?? 0;
    return { from: hour * hourMs, sent: of('sent'), deferred: of('deferred'), failed: of('failed'), unknown: of('unknown') };
  });
}
