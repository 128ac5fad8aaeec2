import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { createWorkerClient } from './workerClient.ts';

const inWorker = (code: string) =>
  new Worker(`const { parentPort } = require('node:worker_threads'); parentPort.on('message', ({ id, query }) => { ${code} })`, {
    eval: true,
  });

it('rejects what a thread was asked when it dies, and starts it again with the next question', async () => {
  const workers = [() => inWorker('process.exit(1)'), () => inWorker('parentPort.postMessage({ id, result: query + 1 })')];
  const client = createWorkerClient<number>('reads users', () => (workers.shift() ?? (() => inWorker('')))());

  const asked = [client.ask(1), client.ask(2)];

  for (const question of asked)
    await expect(question).rejects.toMatchObject({ code: 'internal', message: expect.stringContaining('users ended') as string });
  expect(await client.ask(3)).toBe(4);
  await client.close();
});

it('gives back an expected failure of the thread as it was', async () => {
  const client = createWorkerClient<number>('reads users', () =>
    inWorker(`parentPort.postMessage({ id, error: { code: 'store-damaged', message: 'The store is damaged.' } })`),
  );

  await expect(client.ask(1)).rejects.toMatchObject({ name: 'AppError', code: 'store-damaged' });
  await client.close();
});

it('rejects everything once it is closed', async () => {
  const client = createWorkerClient<number>('reads users', () => inWorker(''));
  const asked = client.ask(1).catch((error: unknown) => error);

  await client.close();

  expect(await asked).toMatchObject({ code: 'internal' });
  await expect(client.ask(2)).rejects.toMatchObject({ code: 'internal' });
});
