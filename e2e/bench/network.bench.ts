/**
 * A check of thirty targets in the built headless host, against its slowest target checked alone: open ports, TLS servers, closed ports, servers
 * that take a connection and say nothing, names that nobody knows, and a time server that is silent. And how long windows of users take meanwhile.
 * node e2e/bench/network.bench.ts; run `npm run build` first. One line of JSON.
 */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createServer as createTlsServer } from 'node:tls';
import { makeCertificate } from '../../electron/platform/directory/testing/certificates.ts';
import { proxySettings } from '../../shared/contract/network.contract.ts';
import { startWebHost } from '../hosts/web.ts';
import { connectWebClient } from '../support/webClient.ts';

const runs = 5;
/** The limit, for thirty targets with timeouts. */
const limitMs = 5_000;
/** So many of each; with the time server they are thirty. */
const counts = { open: 9, tls: 6, closed: 6, silent: 5, unknown: 3 };

const rounded = (ms: number) => Math.round(ms * 10) / 10;
const percentile = (times: readonly number[], share: number) => {
  const sorted = [...times].sort((a, b) => a - b);
  return rounded(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
};
const many = <T>(count: number, make: (at: number) => T) => Array.from({ length: count }, (_none, at) => make(at));

const servers: Server[] = [];
async function listen(server: Server): Promise<number> {
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A port on which nobody listens any more. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

interface Target {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

async function startTargets(): Promise<Target[]> {
  const { certificatePem: cert, privateKeyPem: key } = makeCertificate({ subject: 'localhost' });
  const here = (port: number, tls: boolean): Target => ({ host: '127.0.0.1', port, tls });
  const hushed = () => createServer((socket) => void socket.on('error', () => {}));
  return [
    ...(await Promise.all(
      many(counts.open, async () => here(await listen(createServer((socket) => socket.on('error', () => {}))), false)),
    )),
    ...(await Promise.all(many(counts.tls, async () => here(await listen(createTlsServer({ cert, key })), true)))),
    ...(await Promise.all(many(counts.closed, async () => here(await closedPort(), false)))),
    ...(await Promise.all(many(counts.silent, async () => here(await listen(hushed()), true)))),
    ...many(counts.unknown, (at) => ({ host: `nowhere-${at}.invalid`, port: 443, tls: true })),
  ];
}

const folder = mkdtempSync(join(tmpdir(), 'network-bench-'));
const clock = createSocket('udp4');
const host = await startWebHost(folder);
const client = await connectWebClient(host);
try {
  await client.network.setProxy(proxySettings.parse({ mode: 'none' }));
  clock.bind(0, '127.0.0.1');
  await once(clock, 'listening');
  await client.requirements.set({ timeServer: `127.0.0.1:${clock.address().port}` });
  const ids = [`127.0.0.1:${clock.address().port}/udp`];
  for (const target of await startTargets()) ids.push((await client.network.addTarget({ ...target, name: '', optional: false })).id);

  const check = async (asked: readonly string[]) => {
    const startedAt = performance.now();
    const found = await client.network.check({ ids: [...asked] });
    return { ms: performance.now() - startedAt, found };
  };
  /** Windows of users, one after the other, until the work is done. */
  const windowsDuring = async (work: Promise<unknown>) => {
    const times: number[] = [];
    const done = new AbortController();
    void work.then(
      () => done.abort(),
      () => done.abort(),
    );
    while (!done.signal.aborted) {
      const startedAt = performance.now();
      await client.users.list({});
      times.push(performance.now() - startedAt);
      await wait(5);
    }
    return times;
  };

  await check(ids);
  const alone: number[] = [];
  for (const id of ids) alone.push((await check([id])).ms);
  const slowestAloneMs = Math.max(...alone);
  const quiet = await windowsDuring(wait(2_000));
  const times: number[] = [];
  const windows: number[] = [];
  const states: Record<string, number> = {};
  for (let run = 0; run < runs; run += 1) {
    const checked = check(ids);
    windows.push(...(await windowsDuring(checked)));
    const { ms, found } = await checked;
    times.push(ms);
    if (run === 0) for (const { state } of found) states[state] = (states[state] ?? 0) + 1;
  }
  const spread = (list: readonly number[]) => ({ p50Ms: percentile(list, 0.5), p95Ms: percentile(list, 0.95), maxMs: percentile(list, 1) });
  console.log(
    JSON.stringify({
      targets: ids.length,
      ...{ kinds: { ...counts, silentTimeServer: 1 }, states, runs },
      check: { medianMs: percentile(times, 0.5), maxMs: percentile(times, 1), limitMs, isMet: Math.max(...times) <= limitMs },
      slowestAloneMs: rounded(slowestAloneMs),
      ratioToSlowest: Number((percentile(times, 0.5) / slowestAloneMs).toFixed(2)),
      usersMeanwhile: { windows: windows.length, ...spread(windows) },
      usersAlone: { windows: quiet.length, ...spread(quiet) },
    }),
  );
} finally {
  client.close();
  await host.stop();
  clock.close();
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true, force: true });
}
