import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { composeMail } from '../../electron/platform/mail/composeMail.ts';
import { dropIntoFolder } from '../../electron/platform/mail/pickupFolder.ts';
import { createSmtpRelay } from '../../electron/platform/mail/smtpRelay.ts';
import { startDispatcher } from '../../electron/services/email/dispatcher.ts';
import type { OutboxStore } from '../../electron/services/email/outboxPorts.ts';
import { createPace } from '../../electron/services/email/pace.ts';
import { defaultEmailSettings, type EmailSettings } from '../../shared/contract/email.contract.ts';

interface Delivery {
  /** Lets so much time pass at once. */
  skip(milliseconds: number): void;
  /** How often trouble was logged. */
  logged(): number;
  stop(): Promise<void>;
}

/** Sends what is due in an outbox over one connection to a relay on this computer. `limits`: how long it is waited for. */
export function deliverTo(port: number, store: OutboxStore, limits: NonNullable<Parameters<typeof createSmtpRelay>[0]>): Delivery {
  const settings: EmailSettings = {
    ...defaultEmailSettings,
    ...{ mode: 'relay', from: 'mfa@corp.example', ratePerSecond: 0, connections: 1 },
    relay: { ...defaultEmailSettings.relay, host: '127.0.0.1', port, security: 'none' },
  };
  const relay = createSmtpRelay(limits);
  let skippedMs = 0;
  let logged = 0;
  const dispatcher = startDispatcher({
    steps: { commit: (steps) => Promise.resolve(store.carryOut(steps)) },
    ...{ store, compose: composeMail, drop: dropIntoFolder, settings: () => settings, sender: randomUUID() },
    files: { read: () => Promise.reject(new Error('There are no attachments here.')) },
    mayDeliver: () => true,
    pace: createPace(() => performance.now()),
    openRelay: () => relay.open({ relay: settings.relay, password: null }, new AbortController().signal),
    openPin: () => Promise.resolve(''),
    pinMailed: () => Promise.resolve(),
    now: () => Date.now() + skippedMs,
    ticks: () => performance.now() + skippedMs,
    random: () => 0.5,
    wait: (ms) => wait(ms),
    changed: () => undefined,
    log: () => (logged += 1),
  });
  return { skip: (milliseconds) => void (skippedMs += milliseconds), logged: () => logged, stop: () => dispatcher.stop() };
}
