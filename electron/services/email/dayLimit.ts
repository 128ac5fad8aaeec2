import type { EmailSettings } from '../../../shared/contract/email.contract.ts';
import type { DayLimit } from '../../../shared/contract/outbox.contract.ts';
import type { MinuteCount, OutboxStore } from './outboxPorts.ts';

const minuteMs = 60_000;
const dayMinutes = 24 * 60;
/** So long a count is believed. Only the mails of a host that still ends what it began may be missing in it. */
const believedMs = 1_000;

type Counts = Pick<OutboxStore, 'recipientsBetween'>;

/**
 * The minutes that count, whole ones: a mail counts for 24 hours and at most a minute more. What is dated up to a day ahead was sent before the
 * clock was set back, and counts as well; what is dated later is no longer believed, or a wrong clock would stop all mails for years.
 */
function countedMinutes(store: Counts, now: number): MinuteCount[] {
  const present = Math.floor(now / minuteMs);
  return store.recipientsBetween(present - dayMinutes, present + dayMinutes);
}

const sum = (minutes: readonly MinuteCount[]): number => minutes.reduce((total, { recipients }) => total + recipients, 0);

/** A mail with more recipients than the limit would wait for ever: it goes when no other counts. */
const fits = (counted: number, recipients: number, perDay: number): boolean => counted === 0 || counted + recipients <= perDay;

/** When a mail may go: null for now. `minutes`: those that count, the first first. */
export function freeAt(minutes: readonly MinuteCount[], recipients: number, perDay: number): number | null {
  let counted = sum(minutes);
  let at: number | null = null;
  for (const { minute, recipients: leaving } of minutes) {
    if (fits(counted, recipients, perDay)) break;
    counted -= leaving;
    at = (minute + 1 + dayMinutes) * minuteMs;
  }
  return at;
}

/** How far the limit is used, and whether mails wait for it; null where there is none. For every host, whoever sends. */
export function readDayLimit(
  store: Counts & Pick<OutboxStore, 'due'>,
  { recipientsPerDay: perDay, mode }: Pick<EmailSettings, 'recipientsPerDay' | 'mode'>,
  now: number,
): DayLimit | null {
  if (perDay === 0) return null;
  const minutes = countedMinutes(store, now);
  const [next] = store.due(1, new Set(), { releasedOnly: mode === 'hold', now });
  return { perDay, recipients: sum(minutes), nextAt: next ? freeAt(minutes, next.recipients, perDay) : null };
}

/**
 * Lets no more recipients through than the limit leaves: those that the store has counted, and those in hand, may be taken by the relay. The
 * store is asked once a second, so that what was refused or cancelled is free again after that. Throws what the store throws.
 */
export function createDayLimit(store: Counts, { now, ticks }: { now(): number; ticks(): number }) {
  let inHand = 0;
  let read = { perDay: 0, untilTicks: -Infinity };
  let counted = 0;

  return {
    /** Whether a mail may go now; 0: there is no limit. */
    fits(recipients: number, perDay: number): boolean {
      if (perDay === 0) return true;
      if (read.perDay !== perDay || ticks() >= read.untilTicks) {
        counted = sum(countedMinutes(store, now())) + inHand;
        read = { perDay, untilTicks: ticks() + believedMs };
      }
      return fits(counted, recipients, perDay);
    },
    take(recipients: number): void {
      inHand += recipients;
      counted += recipients;
    },
    /** It is recorded what became of it. */
    done(recipients: number): void {
      inHand -= recipients;
    },
  };
}
