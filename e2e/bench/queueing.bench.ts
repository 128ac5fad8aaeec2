/**
 * Mails for everybody put into the outbox by the built headless host: how long it takes from the command to the end of the job, how much memory
 * the host's process has meanwhile, and how long windows of the list of users take; while mails are held, and while they go to smtp-sink
 * as fast as it takes them.
 * node e2e/bench/queueing.bench.ts [--users N] [--runs N] [--rate N]; run `npm run build` first. One line of JSON.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { defaultEmailSettings, type EmailSettings } from '../../shared/contract/email.contract.ts';
import { startWebHost, type WebHost } from '../hosts/web.ts';
import { startSmtpSink } from '../servers/smtpSink.ts';
import { connectWebClient } from '../support/webClient.ts';
import { dataFolderWith } from './dataFolderWith.ts';
import { prepareUserStore } from './userStore.ts';

const { values: options } = parseArgs({
  options: {
    users: { type: 'string', default: '100000' },
    runs: { type: 'string', default: '3' },
    rate: { type: 'string', default: '0' },
  },
});

const percentile = (times: readonly number[], share: number) => {
  const sorted = times.toSorted((one, other) => one - other);
  return Number((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1));
};

/** What the process holds of this computer's memory, and the most that it ever held. Linux only. */
function memoryMb({ pid }: WebHost): { now: number; most: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (name: string) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
  return { now: megabytes('VmRSS'), most: megabytes('VmHWM') };
}

/** After a start the orders of the list are built, which is no part of queueing. */
async function settledMb(host: WebHost): Promise<number> {
  const values: number[] = [];
  do {
    values.push(memoryMb(host).now);
    await wait(1_000);
  } while (values.length < 30 && values.length - values.lastIndexOf(Math.max(...values)) < 5);
  return values.at(-1)!;
}

/** `sent`: by the command that sends mails; `changed`: by a change of everybody that mails them. */
type Way = 'sent' | 'changed';

/** `port`: where the relay listens; null where mails are held. */
async function queueAll(way: Way, port: number | null) {
  const folder = mkdtempSync(join(tmpdir(), 'queueing-bench-'));
  dataFolderWith(prepareUserStore(Number(options.users)).file, folder);
  const host = await startWebHost(folder);
  const client = await connectWebClient(host);
  try {
    const { revision } = await client.email.get(null);
    const settings: EmailSettings = {
      ...defaultEmailSettings,
      ...{ from: 'MFA <mfa@corp.example>', portalUrl: 'https://mfa.corp.example', ratePerSecond: Number(options.rate), connections: 4 },
      ...(port !== null && { mode: 'relay', relay: { ...defaultEmailSettings.relay, host: '127.0.0.1', port, security: 'none' } }),
    };
    await client.email.set({ settings, revision });
    for (let window = 0; window < 50; window += 1) await client.users.list({ offset: window * 37 });
    const before = await settledMb(host);
    const memory: number[] = [];
    const windows: number[] = [];
    let startedAt = performance.now();
    const target = { where: { search: '' } };
    const changes = { pinRules: { minLength: 6 }, method: { method: 'text', mode: 'two-way-otp' } } as const;
    const { jobId } =
      way === 'sent'
        ? await client.outbox.send({ target })
        : await client.users.editMany({ target, changes, sendEmail: 'new-and-updated' });
    let job = await client.jobs.get({ jobId });
    while (job.state === 'running' && job.phase !== 'mails-queue') {
      await wait(20);
      job = await client.jobs.get({ jobId });
    }
    if (way === 'changed') startedAt = performance.now();
    for (let window = 0; job.state === 'running'; window += 1) {
      const askedAt = performance.now();
      await client.users.list({ offset: (window * 37) % 5_000 });
      windows.push(performance.now() - askedAt);
      job = await client.jobs.get({ jobId });
      if (job.total !== null && job.done >= (job.total * (memory.length + 1)) / 4) memory.push(memoryMb(host).now);
      await wait(20);
    }
    const seconds = (performance.now() - startedAt) / 1000;
    const { states } = await client.outbox.stats(null);
    return {
      ...{ state: job.state, seconds: Number(seconds.toFixed(1)), mails: states.reduce((sum, { count }) => sum + count, 0) },
      sent: states.find(({ state }) => state === 'sent')?.count ?? 0,
      memoryMb: { before, quarters: memory, most: memoryMb(host).most },
      usersList: {
        windows: windows.length,
        p50Ms: percentile(windows, 0.5),
        p95Ms: percentile(windows, 0.95),
        maxMs: percentile(windows, 1),
      },
    };
  } finally {
    client.close();
    await host.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runsOf(way: Way, port: number | null) {
  const runs = [];
  for (let run = 0; run < Number(options.runs); run += 1) runs.push(await queueAll(way, port));
  return runs;
}

const held = await runsOf('sent', null);
const ofChanges = await runsOf('changed', null);
const sink = await startSmtpSink();
try {
  console.log(JSON.stringify({ users: Number(options.users), held, ofChanges, whileSending: await runsOf('sent', sink.port) }));
} finally {
  await sink.stop();
}
