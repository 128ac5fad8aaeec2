import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { createClient } from '../../shared/contract/client.ts';
import { secretText } from '../../shared/contract/common.ts';
import { command, event, ownCommand, query, type Access, type Implementation } from '../../shared/contract/define.ts';
import { AppError } from '../../shared/contract/errors.ts';
import type { Channel } from '../../shared/contract/wire.ts';
import { createChannelPair } from '../platform/memory/channelPair.ts';
import { serveWebSockets, webSocketChannel } from '../platform/node/webSocketServer.ts';
import type { Call, Caller } from './call.ts';
import { createRouter, type AuditRecord, type Router, type RouterPorts } from './router.ts';

const contract = {
  people: {
    greet: query('read', z.object({ name: z.string().max(20) }), z.object({ greeting: z.string() })),
    wait: query('read', z.object({ id: z.number() }), z.null()),
    rename: command('manage', z.object({ from: z.string(), to: z.string() }), z.null()),
    setPassword: command('manage', z.object({ user: z.string(), password: secretText.optional() }), z.null()),
    invite: command(
      'manage',
      z.object({ names: z.array(z.string()), seen: z.object({ count: z.number() }).optional().meta({ audited: false }) }),
      z.null(),
    ),
    look: ownCommand('read', z.null(), z.null()),
    renamed: event('read', z.object({ name: z.string() })),
  },
};

function caller(...access: Access[]): Caller {
  return { id: 'test', account: 'CORP\\admin', access: new Set(access) };
}

const stops: (() => void)[] = [];
afterEach(() => stops.splice(0).forEach((stop) => stop()));

const carriers = {
  async memory(router: Router, access: Access[]) {
    const [near, far] = createChannelPair();
    router.serve(far, caller(...access));
    return near;
  },
  async webSocket(router: Router, access: Access[]): Promise<Channel & { close(): void }> {
    const server = serveWebSockets(() => router, { host: '127.0.0.1', port: 0, authenticate: () => caller(...access) });
    await once(server, 'listening');
    const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as { port: number }).port}`);
    await once(socket, 'open');
    stops.push(() => (socket.close(), server.close()));
    return { ...webSocketChannel(socket), close: () => socket.close() };
  },
};

function createTestRouter(overrides: Partial<Implementation<typeof contract.people, Call>> = {}, ports: Partial<RouterPorts> = {}) {
  const logged: { ref: string; error: unknown }[] = [];
  const audited: AuditRecord[] = [];
  const waiting = new Map<number, Call>();
  const people: Implementation<typeof contract.people, Call> = {
    greet: async ({ name }) => ({ greeting: `Hello ${name}`, password: 'hunter2' }),
    wait: ({ id }, call) =>
      new Promise((_resolve, reject) => {
        waiting.set(id, call);
        call.signal.addEventListener('abort', () => reject(new Error('aborted')));
      }),
    rename: async (_input, call) => (call.note({ before: 'Ada' }), null),
    setPassword: async () => null,
    invite: async () => null,
    look: async () => null,
    ...overrides,
  };
  let refs = 0;
  const router = createRouter(
    contract,
    { people },
    {
      log: (entry) => logged.push(entry),
      audit: (record) => audited.push(record),
      allow: () => {},
      newRef: () => `ref-${++refs}`,
      translate: () => undefined,
      ...ports,
    },
  );
  return { router, logged, audited, waiting };
}

it('carries out no command that is not allowed at the moment, whoever asks, and records that; queries go on', async () => {
  const allow = (_service: string, method: string) => {
    if (method === 'rename') throw new AppError('server-read-only', 'Not now.');
  };
  const { router, audited } = createTestRouter({}, { allow });
  const admin = caller('read', 'manage');

  await expect(router.call(admin, 'people', 'rename', { from: 'a', to: 'b' })).rejects.toMatchObject({ code: 'server-read-only' });
  expect(audited).toMatchObject([{ what: 'people.rename', outcome: 'failed', code: 'server-read-only', who: 'CORP\\admin' }]);
  expect(await router.call(admin, 'people', 'greet', { name: 'Ada' })).toEqual({ greeting: 'Hello Ada' });
});

describe.each(Object.entries(carriers))('the router over %s', (_name, open) => {
  it('answers a query, without what the contract does not name', async () => {
    const client = createClient(contract, await open(createTestRouter().router, ['read']));

    expect(await client.people.greet({ name: 'Ada' })).toEqual({ greeting: 'Hello Ada' });
  });

  it('sends events to everybody who may see them', async () => {
    const { router } = createTestRouter();
    const client = createClient(contract, await open(router, ['read']));
    const seen: string[] = [];
    client.people.onRenamed(({ name }) => seen.push(name));

    router.emit('people', 'renamed', { name: 'Grace' });

    await expect.poll(() => seen).toEqual(['Grace']);
  });

  it('cancels the call it was asked to cancel and no other', async () => {
    const { router, waiting } = createTestRouter();
    const client = createClient(contract, await open(router, ['read']));
    const first = new AbortController();
    const cancelled = client.people.wait({ id: 1 }, { signal: first.signal }).catch((error: unknown) => error);
    void client.people.wait({ id: 2 }).catch(() => {});
    await expect.poll(() => waiting.size).toBe(2);

    first.abort();

    expect(await cancelled).toMatchObject({ code: 'cancelled' });
    expect(waiting.get(2)?.signal.aborted).toBe(false);
  });

  it('refuses what the caller may not do, what it does not know and what does not parse', async () => {
    const channel = await open(createTestRouter().router, ['read']);
    const client = createClient(contract, channel);
    const answers: unknown[] = [];
    channel.onMessage((message) => answers.push(message));

    await expect(client.people.rename({ from: 'a', to: 'b' })).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(client.people.greet({ name: 'x'.repeat(21) })).rejects.toMatchObject({
      code: 'invalid-input',
      details: { field: 'name' },
    });
    for (const [service, method] of [
      ['people', 'constructor'],
      ['__proto__', 'toString'],
      ['people', 'renamed'],
      ['nobody', 'greet'],
    ] as const) {
      answers.length = 0;
      channel.send({ type: 'call', id: 99, service, method, input: {} });
      await expect.poll(() => answers).toMatchObject([{ id: 99, error: { code: 'not-found' } }]);
    }
  });

  it('survives messages that are not calls', async () => {
    const channel = await open(createTestRouter().router, ['read']);

    for (const rubbish of [null, 'call', 7, [], { type: 'call' }, { type: 'call', id: 'x', service: 1, method: {}, input: null }])
      channel.send(rubbish);

    await expect(createClient(contract, channel).people.greet({ name: 'Ada' })).resolves.toEqual({ greeting: 'Hello Ada' });
  });

  it('rejects what is still running when the connection is lost, and stops it on the other side', async () => {
    const { router, waiting } = createTestRouter();
    const channel = await open(router, ['read']);
    const client = createClient(contract, channel);
    const running = client.people.wait({ id: 1 }).catch((error: unknown) => error);
    await expect.poll(() => waiting.size).toBe(1);

    channel.close();

    expect(await running).toMatchObject({ code: 'unreachable' });
    await expect.poll(() => waiting.get(1)?.signal.aborted).toBe(true);
    await expect(client.people.greet({ name: 'Ada' })).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('hides the reason of an unexpected error but keeps it in the log', async () => {
    const { router, logged } = createTestRouter({ rename: async () => Promise.reject(new Error('EACCES /home/admin/store.db')) });
    const client = createClient(contract, await open(router, ['manage']));

    const error = await client.people.rename({ from: 'a', to: 'b' }).catch((reason: unknown) => reason);

    expect(error).toMatchObject({ code: 'internal', message: expect.not.stringContaining('/home'), ref: 'ref-1' });
    expect(logged).toMatchObject([{ ref: 'ref-1', error: { cause: { message: 'EACCES /home/admin/store.db' } } }]);
  });
});

describe('the audit log', () => {
  it('gets one entry for each command, with what the service noted, and none for queries', async () => {
    const { router, audited } = createTestRouter();
    const client = createClient(contract, await carriers.memory(router, ['read', 'manage']));

    await client.people.greet({ name: 'Ada' });
    await client.people.look(null);
    await client.people.rename({ from: 'Ada', to: 'Grace' });

    expect(audited).toEqual([
      {
        who: 'CORP\\admin',
        what: 'people.rename',
        outcome: 'done',
        code: '',
        details: { input: { from: 'Ada', to: 'Grace' }, before: 'Ada' },
        ref: 'ref-3',
      },
    ]);
  });

  it('says why a command failed, also when the caller was not allowed to give it', async () => {
    const { router, audited } = createTestRouter({
      rename: async () => Promise.reject(new AppError('conflict', 'There is a Grace already.')),
    });
    const manager = createClient(contract, await carriers.memory(router, ['manage']));
    const reader = createClient(contract, await carriers.memory(router, ['read']));

    await manager.people.rename({ from: 'Ada', to: 'Grace' }).catch(() => {});
    await reader.people.rename({ from: 'Ada', to: 'Grace' }).catch(() => {});

    expect(audited).toMatchObject([
      { outcome: 'failed', code: 'conflict' },
      { outcome: 'failed', code: 'not-allowed' },
    ]);
  });

  it('never holds a secret, whether the request was valid or not', async () => {
    const { router, audited } = createTestRouter();
    const channel = await carriers.memory(router, ['manage']);
    const client = createClient(contract, channel);

    await client.people.setPassword({ user: 'ada', password: 'hunter2' });
    await client.people.setPassword({ user: 'ada' });
    await client.people.setPassword({ user: 7, password: 'hunter2' } as never).catch(() => {});
    await client.people.rename({ from: 'a', to: 'b', password: 'hunter2' } as never);
    await client.people.rename({ from: 'a', password: 'hunter2' } as never).catch(() => {});

    expect(JSON.stringify(audited)).not.toContain('hunter2');
    expect(audited.map(({ details }) => details)).toEqual([
      { input: { user: 'ada', password: '[secret]' } },
      { input: { user: 'ada' } },
      { input: '[not valid]' },
      { input: { from: 'a', to: 'b' }, before: 'Ada' },
      { input: '[not valid]' },
    ]);
  });

  it('tells long lists by their beginning', async () => {
    const { router, audited } = createTestRouter();
    const client = createClient(contract, await carriers.memory(router, ['manage']));
    const names = Array.from({ length: 10_000 }, (_, index) => `name ${index}`);

    await client.people.invite({ names });

    expect(audited[0]?.details).toEqual({ input: { names: [...names.slice(0, 50), 'and 9950 more'] } });
  });

  it('leaves out what its schema says nobody needs there', async () => {
    const { router, audited } = createTestRouter();
    const client = createClient(contract, await carriers.memory(router, ['manage']));

    await client.people.invite({ names: ['Ada'], seen: { count: 4711 } });

    expect(audited[0]?.details).toEqual({ input: { names: ['Ada'] } });
  });

  it('fails the command when the entry cannot be written', async () => {
    const full = new AppError('disk-full', 'The disk of the data folder is full.');
    const { router } = createTestRouter(
      {},
      {
        audit: () => {
          throw full;
        },
      },
    );
    const client = createClient(contract, await carriers.memory(router, ['manage']));

    await expect(client.people.rename({ from: 'a', to: 'b' })).rejects.toMatchObject({ code: 'disk-full' });
  });
});
