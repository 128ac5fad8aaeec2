import type { EmailSettings } from '../../../shared/contract/email.contract.ts';
import { isAppError } from '../../../shared/contract/errors.ts';
import { relayDelayMs } from './backoff.ts';
import { createGroupCommit } from './groupCommit.ts';
import { createLane, type LanePorts } from './lane.ts';
import type { OutboxStore, StoredMail } from './outboxPorts.ts';

export interface DispatcherPorts extends Omit<LanePorts, 'commits' | 'trouble' | 'recovered'> {
  readonly store: OutboxStore;
  /** Names this process among those that ever send from this outbox. */
  readonly sender: string;
  settings(): EmailSettings;
  /** Something about mails or their delivery is not as it was. */
  changed(): void;
  log(error: unknown): void;
}

export interface Dispatcher {
  /** There may be something to do. */
  wake(): void;
  /** Ends after the mails that are being handed over; a relay that does not answer is waited for a few seconds only. */
  stop(): Promise<void>;
}

const idleMs = 1_000;
const patienceMs = 5_000;
const batch = 100;

/**
 * Hands mails over as long as this process holds the lease. What another process left behind while it was handing it over becomes
 * `unknown` first. Where the relay does not answer, nothing is tried mail by mail: all wait, and one tries again and again.
 */
export function startDispatcher(ports: DispatcherPorts): Dispatcher {
  const { store, now } = ports;
  const commits = createGroupCommit(store, ports.sender, now);
  const busy = new Set<number>();
  const sleepers = new Set<() => void>();
  let waiting: StoredMail[] = [];
  const stopping = new AbortController();
  const isStopped = (): boolean => stopping.signal.aborted;
  let failures = 0;
  let nextTryAt = 0;
  let since = 0;

  function wake(): void {
    for (const rouse of [...sleepers]) rouse();
  }
  function sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const rouse = (): void => {
        clearTimeout(timer);
        sleepers.delete(rouse);
        resolve();
      };
      const timer = setTimeout(rouse, ms);
      sleepers.add(rouse);
    });
  }

  /** The next mail that nobody has; undefined where there is none. */
  function next({ mode }: EmailSettings): StoredMail | undefined {
    if (waiting.length === 0) {
      if (mode === 'hold') store.holdAll(now());
      waiting = store.due(batch, busy, { releasedOnly: mode === 'hold', now: now() });
    }
    const mail = waiting.shift();
    if (mail) busy.add(mail.id);
    return mail;
  }

  function trouble(error: unknown): void {
    failures += 1;
    const at = now();
    if (failures === 1) {
      since = at;
      ports.log(error);
    }
    nextTryAt = at + relayDelayMs(failures, ports.random());
    const known = isAppError(error) ? error : undefined;
    const said = { code: known?.code ?? 'internal', message: known?.message ?? 'Something went wrong while mails were sent.' };
    try {
      store.setTrouble({ since, ...said, nextTryAt });
    } catch (unsaid) {
      ports.log(unsaid);
    }
    ports.changed();
  }
  function recovered(): void {
    if (failures === 0) return;
    failures = 0;
    store.setTrouble(null);
    ports.changed();
    wake();
  }

  async function run(index: number): Promise<void> {
    const lane = createLane({ ...ports, commits, trouble, recovered });
    lanes[index] = lane;
    while (!isStopped()) {
      try {
        const settings = ports.settings();
        // While there is trouble one lane tries, and the others wait for how it goes.
        const mayWork = index < settings.connections && (failures === 0 || (index === 0 && now() >= nextTryAt));
        const mail = mayWork ? next(settings) : undefined;
        if (mail) {
          await lane.deliver(mail, settings, isStopped).finally(() => busy.delete(mail.id));
          continue;
        }
        await lane.rest();
      } catch (error) {
        trouble(error);
      }
      if (!isStopped()) await sleep(idleMs);
    }
    await lane.close();
  }

  const lanes: ReturnType<typeof createLane>[] = [];
  function begin(): Promise<void>[] {
    try {
      if (store.markAbandoned(ports.sender, now()) > 0) ports.changed();
      store.setTrouble(null);
    } catch (error) {
      trouble(error);
    }
    return Array.from({ length: 20 }, (_none, index) => run(index));
  }
  const ended = begin();

  return {
    wake() {
      // What was fetched may have been cancelled, and something older may be due.
      waiting = [];
      wake();
    },
    async stop() {
      stopping.abort();
      wake();
      const giveUp = setTimeout(() => lanes.forEach((lane) => lane.abandon()), patienceMs);
      await Promise.all(ended);
      clearTimeout(giveUp);
    },
  };
}
