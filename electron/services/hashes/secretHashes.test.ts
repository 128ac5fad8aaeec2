import { createHmac, scryptSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../shared/lib/secret.ts';
import { createHashQueue } from './hashQueue.ts';
import { createSecretHashes, type HashKey } from './secretHashes.ts';

const keyNamed = (keyName: string): HashKey => ({
  keyName,
  mac: (context, secret) => createHmac('sha256', keyName).update(`${context} ${secret.reveal()}`).digest(),
});
const hashes = createSecretHashes(async () => keyNamed('0badcafe'));
const pin = new Secret('2749');

describe('a hash', () => {
  it('matches its secret and purpose, and nothing else', async () => {
    const record = await hashes.hash('pin', pin, 'now');

    expect(await hashes.matches('pin', new Secret('2749'), record, 'now')).toBe(true);
    expect(await hashes.matches('pin', new Secret('2748'), record, 'now')).toBe(false);
    expect(await hashes.matches('answer', pin, record, 'now')).toBe(false);
  });

  it('is salted scrypt with its parameters in the record', async () => {
    const record = await hashes.hash('pin', pin, 'now');
    const another = await hashes.hash('pin', pin, 'now');

    const [, algorithm, parameters, key, salt = '', hash = ''] = record.split('$');
    expect([algorithm, parameters, key]).toEqual(['scrypt', 'ln=14,r=8,p=1', 'k=0badcafe']);
    expect(another.split('$')[4]).not.toBe(salt);
    const expected = scryptSync(keyNamed('0badcafe').mac('pin', pin), Buffer.from(salt, 'base64'), 32, { N: 2 ** 14, r: 8, p: 1 });
    expect(Buffer.from(hash, 'base64')).toEqual(expected);
  });

  it('is still good when it was made at another cost', async () => {
    const salt = Buffer.alloc(16, 7);
    const hash = scryptSync(keyNamed('0badcafe').mac('pin', pin), salt, 32, { N: 2 ** 11, r: 4, p: 2 });
    const plain = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
    const record = `$scrypt$ln=11,r=4,p=2$k=0badcafe$${plain(salt)}$${plain(hash)}`;

    expect(await hashes.matches('pin', pin, record, 'now')).toBe(true);
  });

  it('tells another key from a wrong secret', async () => {
    const record = await hashes.hash('pin', pin, 'now');
    const elsewhere = createSecretHashes(async () => keyNamed('deadbeef'));

    await expect(elsewhere.matches('pin', pin, record, 'now')).rejects.toMatchObject({ code: 'keychain-unavailable' });
  });

  it.each(['', 'x', '$scrypt$ln=30,r=8,p=1$k=0badcafe$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'])(
    'that is damaged or asks for too much is no wrong secret: %j',
    async (record) => {
      await expect(hashes.matches('pin', pin, record, 'now')).rejects.toMatchObject({ code: 'store-damaged' });
    },
  );
});

describe('the queue of hashes', () => {
  it('runs no more at once than it may, and lets people go before jobs', async () => {
    const queue = createHashQueue(1);
    const order: string[] = [];
    let running = 0;
    const work = (name: string) => async () => {
      expect(++running).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running--;
      order.push(name);
    };

    await Promise.all([
      queue.run('later', work('job 1')),
      queue.run('later', work('job 2')),
      queue.run('now', work('person')),
      queue.run('later', () => Promise.reject(new Error('broken'))).catch(() => order.push('broken')),
      queue.run('later', work('job 3')),
    ]);

    expect(order).toEqual(['job 1', 'person', 'job 2', 'broken', 'job 3']);
  });

  it('forgets what is cancelled while it waits', async () => {
    const queue = createHashQueue(1);
    const controller = new AbortController();
    const first = queue.run('later', () => new Promise((resolve) => setTimeout(resolve, 5)));
    const second = queue.run('later', () => Promise.reject(new Error('must not run')), controller.signal);

    controller.abort(new Error('cancelled'));

    await expect(second).rejects.toThrow('cancelled');
    await first;
    expect(await queue.run('now', async () => 1)).toBe(1);
  });
});
