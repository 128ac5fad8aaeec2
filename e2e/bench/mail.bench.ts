/**
 * Mails: from the durable queue, rendered, to accepted by smtp-sink (Postfix), beside nodemailer's own pool with the same number of connections
 * and mails of the same size, one after the other in turn; what other calls in the same thread notice; how exact the pace is; queueing; the
 * preview of each template.
 * node e2e/bench/mail.bench.ts [--mails N] [--connections N] [--rounds N] [--queued N]. One line of JSON.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import nodemailer from 'nodemailer';
import { composeMail } from '../../electron/platform/mail/composeMail.ts';
import { createShippedTemplates } from '../../electron/platform/mail/mailTemplates.ts';
import { workerFile } from '../../electron/platform/node/installFolder.ts';
import { dropIntoFolder } from '../../electron/platform/mail/pickupFolder.ts';
import { createSmtpRelay } from '../../electron/platform/mail/smtpRelay.ts';
import { startDispatcher } from '../../electron/services/email/dispatcher.ts';
import { createMailMaker } from '../../electron/services/email/mailMaker.ts';
import type { MailReader, NewMail } from '../../electron/services/email/outboxPorts.ts';
import { createPace } from '../../electron/services/email/pace.ts';
import { openDatabase } from '../../electron/store/database.ts';
import { createMailCommits } from '../../electron/store/mail/mailCommits.ts';
import { createOutboxRepository } from '../../electron/store/mail/outboxRepository.ts';
import { storeFiles } from '../../electron/store/storeFiles.ts';
import { defaultCompanySettings } from '../../shared/contract/companySettings.ts';
import { defaultEmailSettings, type EmailSettings } from '../../shared/contract/email.contract.ts';
import { renderMail } from '../../shared/email/renderMail.ts';
import { sampleValues } from '../../shared/email/sampleValues.ts';
import { findSource } from '../../shared/email/templateLibrary.ts';
import { mailTemplates } from '../../shared/email/templates.ts';
import { startSmtpSink } from '../servers/smtpSink.ts';

const { values: options } = parseArgs({
  options: {
    mails: { type: 'string', default: '3000' },
    connections: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '5' },
    queued: { type: 'string', default: '100000' },
  },
});
const mails = Number(options.mails);
const connections = Number(options.connections);
const template = 'call-pin-new-user';
const templates = createShippedTemplates(join(import.meta.dirname, '..', '..', 'assets', 'email'));
const { source } = findSource(templates(), template, 'en');
const from = { name: 'MFA', address: 'mfa@corp.example' };
const fixed = { from, replyTo: null, language: 'en', date: 0 } as const;
const rounded = (value: number): number => Number(value.toPrecision(3));
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const megabytes = (): number => Math.round(process.memoryUsage().rss / 1024 / 1024);

function mailNumber(id: number): NewMail {
  return {
    messageId: `<${id}@corp.example>`,
    campaign: 'bench',
    userId: id,
    username: `user${id}`,
    toName: `User ${id}`,
    toAddress: `user${id}@corp.example`,
    ...{ template, language: 'en', source, pin: null },
    values: { ...sampleValues, name: `User ${id}` },
  };
}

/** A new outbox in a folder of its own, for as long as `work` takes. */
async function withOutbox<T>(work: (store: ReturnType<typeof createOutboxRepository>, file: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'mail-bench-'));
  const database = openDatabase(storeFiles(folder).mail);
  try {
    return await work(createOutboxRepository(database), storeFiles(folder).mail.file);
  } finally {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Mails a second by when they were accepted, without the first quarter: threads and connections start with that. */
function paceOf(file: string): number {
  const database = new DatabaseSync(file, { readOnly: true });
  const times = database.prepare('SELECT updated_at FROM mails ORDER BY updated_at').all() as { updated_at: number }[];
  database.close();
  const counted = times.slice(Math.floor(times.length / 4));
  return ((counted.length - 1) * 1000) / (counted.at(-1)!.updated_at - counted[0]!.updated_at);
}

interface Flow {
  readonly port: number;
  readonly mails: number;
  readonly connections: number;
  /** 0: as fast as it goes. */
  readonly ratePerSecond: number;
}

/** Mails a second from the queue to the sink, and how long other work in this thread had to wait. */
function ours({ port, mails, connections, ratePerSecond }: Flow) {
  const settings: EmailSettings = {
    ...defaultEmailSettings,
    ...{ mode: 'relay', from: 'MFA <mfa@corp.example>', ratePerSecond, connections },
    relay: { ...defaultEmailSettings.relay, host: '127.0.0.1', port, security: 'none' },
  };
  return withOutbox(async (store, file) => {
    const steps = createMailCommits(workerFile('mailCommitWorker'), file);
    await store.add(
      Array.from({ length: mails }, (_none, id) => mailNumber(id)),
      'queued',
      Date.now(),
    );
    const relay = createSmtpRelay();
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const startedAt = performance.now();
    const dispatcher = startDispatcher({
      store,
      steps,
      mayDeliver: () => true,
      compose: composeMail,
      drop: dropIntoFolder,
      files: { read: () => Promise.reject(new Error('There are no attachments here.')) },
      settings: () => settings,
      pace: createPace(() => performance.now()),
      sender: randomUUID(),
      openRelay: () => relay.open({ relay: settings.relay, password: null }, new AbortController().signal),
      openPin: () => Promise.resolve(''),
      pinMailed: () => Promise.resolve(),
      now: Date.now,
      ticks: () => performance.now(),
      random: Math.random,
      wait: (ms) => wait(ms),
      changed: () => undefined,
      log: (error) => process.stderr.write(`${String(error)}\n`),
    });
    while ((store.counts().find(({ state }) => state === 'sent')?.count ?? 0) < mails) await wait(10);
    const seconds = (performance.now() - startedAt) / 1000;
    delay.disable();
    await dispatcher.stop();
    await steps.close();
    return { perSecond: mails / seconds, pacePerSecond: paceOf(file), worstWaitMs: delay.max / 1e6 };
  });
}

async function nodemailers(port: number): Promise<number> {
  const { subject, text, html } = renderMail(source, mailNumber(1).values, 'en');
  const transport = nodemailer.createTransport({
    ...{ pool: true, host: '127.0.0.1', port, ignoreTLS: true },
    maxConnections: connections,
    maxMessages: Infinity,
  });
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: mails }, (_none, id) =>
      transport.sendMail({
        from,
        to: { name: `User ${id}`, address: `user${id}@corp.example` },
        subject,
        text,
        html,
        encoding: 'quoted-printable',
      }),
    ),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  transport.close();
  return mails / seconds;
}

async function delivery() {
  const sink = await startSmtpSink();
  try {
    const rounds: { ours: number; nodemailer: number; worstWaitMs: number }[] = [];
    for (let round = 0; round < Number(options.rounds); round += 1) {
      const { perSecond, worstWaitMs } = await ours({ port: sink.port, mails, connections, ratePerSecond: 0 });
      rounds.push({ ours: perSecond, nodemailer: await nodemailers(sink.port), worstWaitMs });
    }
    const bytes = await composeMail({
      ...fixed,
      ...renderMail(source, mailNumber(1).values, 'en'),
      to: { name: 'User 1', address: 'user1@corp.example' },
      messageId: '<1@corp.example>',
    });
    return {
      ...{ mails, connections, bytes: bytes.length },
      mailsPerSecond: rounds.map(({ ours: own }) => Math.round(own)),
      nodemailerPerSecond: rounds.map(({ nodemailer: theirs }) => Math.round(theirs)),
      medianRatio: rounded(median(rounds.map((round) => round.ours / round.nodemailer))),
      worstWaitMs: rounded(Math.max(...rounds.map(({ worstWaitMs }) => worstWaitMs))),
    };
  } finally {
    await sink.stop();
  }
}

/** How far the pace of mails that the sink has taken is from the one that was set, in percent. */
async function pacing() {
  const sink = await startSmtpSink();
  try {
    const found: Record<string, number> = {};
    for (const [ratePerSecond, over] of [
      [2, 2],
      [10, 2],
      [100, 2],
      [100, 4],
      [500, 4],
      [1000, 8],
    ] as const) {
      const { pacePerSecond } = await ours({ port: sink.port, mails: Math.max(16, ratePerSecond * 8), connections: over, ratePerSecond });
      found[`${ratePerSecond}/s, ${over} connections`] = rounded((pacePerSecond / ratePerSecond - 1) * 100);
    }
    return found;
  } finally {
    await sink.stop();
  }
}

const user = (id: number): MailReader => ({
  id,
  username: `user${id}`,
  ...{ firstName: 'Anna', lastName: `Miller ${id}`, email: `user${id}@corp.example`, phone: '+14255550100' },
  ...{ extension: '', backupPhone: '', backupExtension: '', method: 'call', mode: 'standard', enabled: true, complete: true },
  languages: { call: '', text: '', app: '', oath: '' },
  hasInitialPin: false,
});

/** As the job of “Send mails” does it: decided, filled in and committed, 250 at a time. */
function queueing() {
  const settings = { ...defaultEmailSettings, from: 'MFA <mfa@corp.example>', portalUrl: 'https://mfa.corp.example' };
  const maker = createMailMaker({
    settings: () => settings,
    company: () => defaultCompanySettings,
    templates,
    serverName: 'bench',
    takePin: () => Promise.resolve(null),
    sealer: () => Promise.reject(new Error('There are no PINs here.')),
  });
  return withOutbox(async (store) => {
    const total = Number(options.queued);
    const memory: number[] = [];
    const startedAt = performance.now();
    for (let at = 0; at < total; at += 250) {
      const made = await maker.makeFor(
        Array.from({ length: 250 }, (_none, index) => user(at + index + 1)),
        'bench',
        (one) => maker.decide(one),
      );
      await store.add(made.mails, 'held', Date.now());
      if (at % (total / 4) === 0) memory.push(megabytes());
    }
    return { mails: total, seconds: rounded((performance.now() - startedAt) / 1000), memoryMb: [...memory, megabytes()] };
  });
}

async function previews() {
  const times: number[] = [];
  for (const { id } of [...mailTemplates, ...mailTemplates]) {
    const startedAt = performance.now();
    const rendered = renderMail(findSource(templates(), id, 'en').source, sampleValues, 'en');
    await composeMail({ ...fixed, ...rendered, to: { name: 'Anna', address: 'anna@corp.example' }, messageId: '<preview@mfa.invalid>' });
    times.push(performance.now() - startedAt);
  }
  const warm = times.slice(mailTemplates.length);
  return { templates: warm.length, medianMs: rounded(median(warm)), worstMs: rounded(Math.max(...warm)), firstMs: rounded(times[0] ?? 0) };
}

const preview = await previews();
const queue = await queueing();
console.log(
  JSON.stringify({
    load: rounded(loadavg()[0] ?? 0),
    delivery: await delivery(),
    paceOffPercent: await pacing(),
    queueing: queue,
    preview,
  }),
);
