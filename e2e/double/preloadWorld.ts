import { randomUUID } from 'node:crypto';
import { assertJson } from './strict.ts';

/** Everything below `names` runs in the page: it is sent there as text and may not use anything from around it. */
const secret = randomUUID();
export const names = {
  world: 'Electron Isolated Context',
  post: 'electronDoublePost',
  deliver: 'electronDoubleDeliver',
  page: `page ${secret}`,
  preload: `preload ${secret}`,
};

type Fn = (...args: unknown[]) => unknown;

/**
 * One end of the bridge between the preload's world and the page's. The worlds share the DOM but no JavaScript
 * object, so what crosses is text in an event, and a function crosses as a number that the other side can call.
 */
function bridgeEnd(own: string, other: string, checkJson: (value: unknown) => void) {
  const lent: Fn[] = [];
  let answer = '';

  function pack(value: unknown): unknown {
    if (typeof value === 'function') return { $function: lent.push(value as Fn) - 1 };
    if (value instanceof Promise) return { $promise: pack((resolve: Fn, reject: Fn) => void value.then(resolve).catch(reject)) };
    if (value instanceof Error) return { $error: value.message };
    if (value === undefined) return { $undefined: true };
    if (Array.isArray(value)) return value.map(pack);
    if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) return mapValues(value, pack);
    checkJson(value);
    return value;
  }

  function unpack(value: unknown): unknown {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(unpack);
    if ('$function' in value) return (...args: unknown[]) => call(value.$function as number, args);
    if ('$promise' in value) return new Promise(unpack(value.$promise) as () => void);
    if ('$error' in value) return new Error(value.$error as string);
    if ('$undefined' in value) return undefined;
    return Object.freeze(mapValues(value, unpack));
  }

  function mapValues(object: object, change: (value: unknown) => unknown) {
    return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
  }

  /** Synchronous, as in Electron: the other side has answered when dispatchEvent returns. */
  function call(id: number, args: unknown[]): unknown {
    dispatchEvent(new CustomEvent(other, { detail: JSON.stringify({ id, args: args.map(pack) }) }));
    const { value, thrown } = JSON.parse(answer) as { value?: unknown; thrown?: string };
    if (thrown !== undefined) throw new Error(thrown);
    return unpack(value);
  }

  function run({ id, args }: { id: number; args: unknown[] }) {
    try {
      return { value: pack(lent[id]!(...args.map(unpack))) };
    } catch (error) {
      return { thrown: error instanceof Error ? error.message : String(error) };
    }
  }

  const detailOf = (event: Event) => (event as CustomEvent<string>).detail;
  addEventListener(own, (event) => {
    const detail = JSON.stringify(run(JSON.parse(detailOf(event))));
    dispatchEvent(new CustomEvent(`${other} answer`, { detail }));
  });
  addEventListener(`${own} answer`, (event) => (answer = detailOf(event)));
  return { call, lend: (fn: Fn) => void lent.push(fn) };
}

type Bridge = ReturnType<typeof bridgeEnd>;

function pageWorld({ lend }: Bridge): void {
  lend((key, api) => void Object.defineProperty(window, key as string, { value: api, enumerable: true }));
}

function preloadWorld(
  { call }: Bridge,
  { post, deliver }: { post: string; deliver: string },
  checkJson: (value: unknown) => void,
  preload: (require: Fn) => void,
): void {
  const world = globalThis as unknown as Record<string, Fn>;
  const listeners = new Map<string, Set<Fn>>();
  const waiting = new Map<number, { resolve: Fn; reject: Fn }>();
  let lastId = 0;

  const strict = (name: string, members: object) =>
    new Proxy(members, {
      get(target, key) {
        if (key in target || typeof key === 'symbol') return Reflect.get(target, key);
        throw new Error(`The electron double has no ${name}.${key} in a preload`);
      },
    });

  /** An error of a listener is an error of the page; without this it would end up in the debugger's answer. */
  function reporting(action: () => void): void {
    try {
      action();
    } catch (error) {
      reportError(error);
    }
  }

  function send(channel: unknown, args: unknown[], id?: number): void {
    checkJson(args);
    world[post]!(JSON.stringify({ channel, args, id }));
  }

  const ipcRenderer = strict('ipcRenderer', {
    send: (channel: string, ...args: unknown[]) => send(channel, args),
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        waiting.set(++lastId, { resolve, reject });
        send(channel, args, lastId);
      }),
    on(channel: string, listener: Fn) {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
      return ipcRenderer;
    },
    off(channel: string, listener: Fn) {
      listeners.get(channel)?.delete(listener);
      return ipcRenderer;
    },
  });
  const electron = strict('electron', {
    contextBridge: strict('contextBridge', { exposeInMainWorld: (key: string, api: unknown) => void call(0, [key, api]) }),
    ipcRenderer,
  });

  world[deliver] = (message) => {
    const { channel, args, id, value, failure } = message as {
      channel: string;
      args: unknown[];
      id?: number;
      value?: unknown;
      failure?: string;
    };
    if (id === undefined)
      return listeners.get(channel)?.forEach((listener) => reporting(() => listener(strict('IpcRendererEvent', {}), ...args)));
    const call = waiting.get(id);
    waiting.delete(id);
    if (failure === undefined) call?.resolve(value);
    else call?.reject(new Error(failure));
  };
  preload((name) => {
    if (name === 'electron') return electron;
    throw new Error(`A sandboxed preload cannot require '${String(name)}'`);
  });
}

// Sub-frames get no preload, as without nodeIntegrationInSubFrames.
const inTopFrame = (code: string) => `if (window === window.top) { ${code} }`;

export const pageScript = inTopFrame(
  `(${pageWorld})((${bridgeEnd})(${JSON.stringify(names.page)}, ${JSON.stringify(names.preload)}, ${assertJson}))`,
);

export function preloadScript(source: string): string {
  const bridge = `(${bridgeEnd})(${JSON.stringify(names.preload)}, ${JSON.stringify(names.page)}, ${assertJson})`;
  return inTopFrame(`(${preloadWorld})(${bridge}, ${JSON.stringify(names)}, ${assertJson}, (require) => { ${source}\n })`);
}
