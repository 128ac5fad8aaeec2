import type { EmailSettings } from '../../../shared/contract/email.contract.ts';
import { isAppError } from '../../../shared/contract/errors.ts';
import { relayDelayMs } from './backoff.ts';
import { createDayLimit } from './dayLimit.ts';
import { createDomains, domainOf } from './domains.ts';
import { createGroupCommit } from './groupCommit.ts';
import { createGrowth } from './growth.ts';
import { createLane, type LanePorts } from './lane.ts';
import type { MailCommits, OutboxStore, StoredMail } from './outboxPorts.ts';

export interface DispatcherPorts extends Omit<LanePorts, 'commits' | 'trouble' | 'recovered'> {
  readonly store: OutboxStore;
  readonly steps: MailCommits;
  /** Names this process among those that ever send from this outbox. */
  readonly sender: string;
  settings(): EmailSettings;
  /** Nothing goes out while this is false; it stays where it is. Asked before each mail. */
  mayDeliver(): boolean;
  /** Something about mails or their delivery is not as it was. */
  changed(): void;
  log(error: unknown): void;
  /** Milliseconds of a clock that nobody sets. */
  ticks(): number;
}

export interface Dispatcher {
  /** There may be something to do. */
  wake(): void;
  /** Ends after the mails that are being handed over; a relay that does not answer is waited for a few seconds only. */
  stop(): Promise<void>;
}

const pollMs = 1_000;
const patienceMs = 5_000;
const batch = 100;
/** So long fewer connections are made to a relay that wants no more. */
const believedMs = 10 * 60_000;

/**
 * Hands mails over as long as this process holds the lease. What another process left behind while it was handing it over becomes
 * `unknown` first. Where the relay does not answer, nothing is tried mail by mail: all wait, and one tries again and again.
 */
export function startDispatcher(ports: DispatcherPorts): Dispatcher {
  const { store, now } = ports;
  const commits = createGroupCommit(ports.steps, ports.sender, now);
  const domains = createDomains(ports.ticks);
  const day = createDayLimit(store, ports);
  const growth = createGrowth(ports.ticks);
  const busy = new Set<number>();
  const sleepers = new Set<() => void>();
  let waiting: StoredMail[] = [];
  const stopping = new AbortController();
  const isStopped = (): boolean => stopping.signal.aborted;
  let failures = 0;
  let nextTryTicks = 0;
  /** The lane that tries while there is trouble. */
  let trying: number | undefined;
  /** Changes when what was fetched may no longer hold. */
  let generation = 0;
  let since = 0;
  /** When what waits was held last: it means to look through all of it. */
  let held = { generation: -1, untilTicks: 0 };
  /** Rings when a domain may get the next mail. */
  let alarm: NodeJS.Timeout | undefined;
  /** What the relay has said are too many connections, and until when that is believed. */
  let ceiling = { connections: Infinity, untilTicks: 0 };

  function wake(): void {
    for (const rouse of [...sleepers]) rouse();
  }
  function sleep(): Promise<void> {
    return new Promise((resolve) => {
      const rouse = (): void => {
        sleepers.delete(rouse);
        resolve();
      };
      sleepers.add(rouse);
    });
  }

  /** What is due and nobody has. */
  function look({ mode }: EmailSettings, exceptDomains?: readonly string[]): void {
    if (!ports.mayDeliver()) return void (waiting = []);
    if (waiting.length > 0 && exceptDomains === undefined) return;
    // Who queues while mails are held writes them as held: only now and then one was queued just before.
    if (mode === 'hold' && (held.generation !== generation || ports.ticks() >= held.untilTicks)) {
      held = { generation, untilTicks: ports.ticks() + pollMs };
      store.holdAll(now());
    }
    waiting = store.due(batch, busy, { releasedOnly: mode === 'hold', now: now(), exceptDomains: exceptDomains ?? [] });
  }
  function next(settings: EmailSettings): StoredMail | undefined {
    const limits = { connections: settings.domainConnections, ratePerSecond: settings.domainRatePerSecond };
    let isDayFull = false;
    function mayGo({ toAddress, recipients }: StoredMail): boolean {
      // One that needs more than is left is not overtaken by smaller ones: it would never go.
      isDayFull ||= !day.fits(recipients, settings.recipientsPerDay);
      return !isDayFull && domains.take(domainOf(toAddress), limits);
    }
    look(settings);
    let at = waiting.findIndex(mayGo);
    if (at === -1 && waiting.length > 0 && !isDayFull) {
      // Further back there may be some to other domains.
      look(settings, domains.blocked(limits));
      at = waiting.findIndex(mayGo);
      const waitMs = domains.waitMs(limits);
      if (at === -1 && waitMs < pollMs) alarm ??= setTimeout(() => ((alarm = undefined), wake()), waitMs);
    }
    const [mail] = at === -1 ? [] : waiting.splice(at, 1);
    if (!mail) return undefined;
    busy.add(mail.id);
    day.take(mail.recipients);
    return mail;
  }

  function trouble(error: unknown): void {
    growth.idle();
    // Several connections that break at once are one failure.
    if (failures > 0 && ports.ticks() < nextTryTicks) return;
    failures += 1;
    const at = now();
    if (failures === 1) {
      since = at;
      ports.log(error);
    }
    const delay = relayDelayMs(failures, ports.random());
    nextTryTicks = ports.ticks() + delay;
    const nextTryAt = at + delay;
    const known = isAppError(error) ? error : undefined;
    const said = { code: known?.code ?? 'internal', message: known?.message ?? 'Something went wrong while mails were sent.' };
    try {
      store.setTrouble({ since, ...said, nextTryAt });
    } catch (unsaid) {
      ports.log(unsaid);
    }
    ports.changed();
  }
  /** The relay has taken a mail. */
  function recovered(): void {
    if (growth.accepted()) wake();
    if (failures === 0) return;
    failures = 0;
    store.setTrouble(null);
    ports.changed();
    wake();
  }

  async function run(index: number): Promise<void> {
    const lane = createLane({ ...ports, commits, trouble, recovered });
    lanes[index] = lane;
    // While there is trouble one lane tries, and the others wait for how it goes.
    function mayWork({ connections }: EmailSettings): boolean {
      const allowed = Math.min(connections, ports.ticks() < ceiling.untilTicks ? ceiling.connections : Infinity);
      if (index >= growth.of(allowed)) return false;
      if (failures === 0) return true;
      if (ports.ticks() < nextTryTicks || (trying ?? index) !== index) return false;
      trying = index;
      return true;
    }
    while (!isStopped()) {
      const taken = new Set<StoredMail>();
      function done(mail: StoredMail): void {
        if (!taken.delete(mail)) return;
        busy.delete(mail.id);
        domains.giveBack(domainOf(mail.toAddress));
        day.done(mail.recipients);
      }
      try {
        const settings = ports.settings();
        const begun = { generation, ticks: ports.ticks() };
        const take = (): StoredMail | undefined => {
          if (!mayWork(settings)) return undefined;
          const mail = next(settings);
          if (mail) taken.add(mail);
          else growth.idle();
          return mail;
        };
        // Somebody else may have changed the settings.
        const isFresh = (): boolean => generation === begun.generation && ports.ticks() - begun.ticks < pollMs;
        const mayBegin = (): boolean => !isStopped() && ports.mayDeliver();
        const mail = take();
        if (mail) {
          await lane.deliver(mail, settings, { next: () => (isFresh() ? take() : undefined), done, isStopped, mayBegin });
          continue;
        }
      } catch (error) {
        const open = lanes.filter((one) => one.isOpen()).length;
        if (open > 0 && isTooMany(error)) ceiling = { connections: open, untilTicks: ports.ticks() + believedMs };
        else trouble(error);
      } finally {
        for (const mail of taken) done(mail);
        if (trying === index) trying = undefined;
      }
      await lane.rest();
      if (!isStopped()) await sleep();
    }
    await lane.close();
  }

  const lanes: ReturnType<typeof createLane>[] = [];
  function begin(): Promise<void>[] {
    try {
      if (store.markAbandoned(ports.sender, now()) > 0) ports.changed();
      if (store.trouble()) store.setTrouble(null);
    } catch (error) {
      trouble(error);
    }
    return Array.from({ length: 20 }, (_none, index) => run(index));
  }
  /** Other processes write mails too, and those that were put off come due. */
  function poll(): void {
    try {
      look(ports.settings());
      if (waiting.length > 0 && (failures === 0 || ports.ticks() >= nextTryTicks)) wake();
    } catch (error) {
      trouble(error);
    }
  }
  const ended = begin();
  const polling = setInterval(poll, pollMs);

  return {
    wake() {
      // What was fetched may have been cancelled, and something older may be due.
      waiting = [];
      generation += 1;
      wake();
    },
    async stop() {
      clearInterval(polling);
      clearTimeout(alarm);
      stopping.abort();
      wake();
      const giveUp = setTimeout(() => lanes.forEach((lane) => lane.abandon()), patienceMs);
      await Promise.all(ended);
      clearTimeout(giveUp);
    },
  };
}

/** The relay wants no further connection; those that are open go on (RFC 5321 section 3.8 and 4.2.1, and Postfix's anvil). */
function isTooMany(error: unknown): boolean {
  return isAppError(error, 'relay-refused') && String(error.details?.['reply']).startsWith('421');
}
