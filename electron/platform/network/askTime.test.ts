import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { judgeProbe } from '../../services/network/judgeProbe.ts';
import { probeTarget } from './probeTarget.ts';

const servers: Socket[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

/** Answers as a server does whose clock is so far ahead, unless `change` spoils the answer. */
async function startTimeServer(aheadMs: number, change: (answer: Buffer) => void = () => {}): Promise<number> {
  const server = createSocket('udp4');
  servers.push(server);
  server.on('message', (question, { address, port }) => {
    const answer = Buffer.alloc(48);
    answer.writeUInt8((4 << 3) | 4, 0);
    answer.writeUInt8(2, 1);
    question.copy(answer, 24, 40, 48);
    for (const at of [32, 40]) {
      const now = (Date.now() + aheadMs) / 1000 + 2_208_988_800;
      answer.writeUInt32BE(Math.floor(now) % 2 ** 32, at);
      answer.writeUInt32BE(Math.floor((now % 1) * 2 ** 32), at + 4);
    }
    change(answer);
    server.send(answer, port, address);
  });
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  return server.address().port;
}
const ask = (port: number, host = '127.0.0.1') => probeTarget({ host, port, speaks: 'time', proxy: null }, new AbortController().signal);

it.each([0, 86_400_000, -45_000])('tells that the server’s clock is %i ms ahead', async (aheadMs) => {
  const { addresses, connectMs, clockMs } = await ask(await startTimeServer(aheadMs), 'localhost');
  expect(Math.abs(clockMs! - aheadMs)).toBeLessThan(1_000);
  expect(addresses).toContain('127.0.0.1');
  expect(connectMs).toBeGreaterThan(0);
});

it('takes the middle of when the question came and the answer went', async () => {
  const moved = (answer: Buffer) => {
    answer.writeUInt32BE(answer.readUInt32BE(32) + 1, 32);
    answer.writeUInt32BE(answer.readUInt32BE(40) + 5, 40);
  };
  const { clockMs } = await ask(await startTimeServer(0, moved));
  expect(Math.abs(clockMs! - 3_000)).toBeLessThan(1_000);
});

it('reads the time after NTP’s seconds began again in 2036', async () => {
  const in2040 = Date.UTC(2040, 0, 1) - Date.now();
  const { clockMs } = await ask(await startTimeServer(in2040));
  expect(Math.abs(clockMs! - in2040)).toBeLessThan(1_000);
});

it.each([
  ['a refusal', (answer: Buffer) => void answer.writeUInt8(0, 1)],
  ['a server without a time of its own', (answer: Buffer) => void answer.writeUInt8((3 << 6) | (4 << 3) | 4, 0)],
  ['an answer to somebody else', (answer: Buffer) => void answer.writeUInt32BE(0, 24)],
])('takes no time from %s', async (_what, change) => {
  expect(await ask(await startTimeServer(0, change))).toMatchObject({ failure: 'time', clockMs: null });
});

const target = { id: '', host: 'dc1.example', port: 123, protocol: 'udp', purpose: 'time', optional: true } as const;

it('gives up where nobody answers, and says what to open', async () => {
  const silent = createSocket('udp4');
  servers.push(silent);
  silent.bind(0, '127.0.0.1');
  await once(silent, 'listening');
  const probe = await ask(silent.address().port);
  expect(judgeProbe(target, probe)).toMatchObject({ state: 'warn', reason: expect.stringContaining('Allow outbound UDP 123.') });
});

it('tells a port on which nobody is', async () => {
  const gone = createSocket('udp4');
  gone.bind(0, '127.0.0.1');
  await once(gone, 'listening');
  const { port } = gone.address();
  await new Promise<void>((resolve) => gone.close(() => resolve()));
  expect(await ask(port)).toMatchObject({ failure: 'refused', addresses: ['127.0.0.1'] });
});

it('says in how long the time came, and how far ours is from it', async () => {
  const { reason } = judgeProbe(target, await ask(await startTimeServer(-20_000)));
  expect(reason).toMatch(/^Answers in \d+ ms\. The clock of this computer is (19\.\d|20(\.\d)?) s ahead of it\.$/);
});
