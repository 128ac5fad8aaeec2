import { z } from 'zod';
import type { Listener } from './authorityPorts.ts';

export interface ListeningPorts {
  readonly settings: { read(name: string): unknown; write(name: string, value: unknown): void };
  /** Whether this process does the background work of the data folder. */
  isWorking(): boolean;
  /** Begins to serve. Throws `port-taken` and what the keychain says. */
  open(port: number): Promise<Listener>;
  /** The authority that is built in cannot be served at the moment; it is tried again. */
  failed(error: unknown): void;
}

/** Where an authority that somebody serves by hand was heard last: for who asks another process of the same data folder. */
const lastPortName = 'authorityPort';
const settingName = 'builtInAuthority';
const setting = z.object({ port: z.number().int() }).nullable();

/** Whether this process serves the authority: because somebody asked it to, or because it is built in and this process does the work. */
export function createListening({ settings, isWorking, open, failed }: ListeningPorts) {
  let listener: Listener | null = null;
  let isAsked = false;
  let last: Promise<unknown> = Promise.resolve();
  let isFailing = false;

  /** One after the other: who stops while another starts must not leave it running. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  }

  const builtInPort = (): number | null => setting.catch(null).parse(settings.read(settingName) ?? null)?.port ?? null;

  async function close(): Promise<void> {
    const open = listener;
    listener = null;
    await open?.close();
  }

  async function keep(): Promise<void> {
    const port = builtInPort();
    if (isAsked || port === (listener?.port ?? null)) return;
    await close();
    if (port !== null) listener = await open(port);
  }

  return {
    builtInPort,
    lastPort: (): number | null =>
      z
        .number()
        .nullable()
        .catch(null)
        .parse(settings.read(lastPortName) ?? null),
    port: (): number | null => listener?.port ?? null,
    start: (port: number): Promise<number> =>
      inTurn(async () => {
        if (!isAsked) await close();
        listener ??= await open(port);
        isAsked = true;
        settings.write(lastPortName, listener.port);
        return listener.port;
      }),
    stop: () =>
      inTurn(async () => {
        isAsked = false;
        await close();
      }),
    setBuiltIn: (port: number | null): Promise<void> =>
      inTurn(async () => {
        if (port !== null && isWorking() && !isAsked && port !== listener?.port) {
          await close();
          listener = await open(port);
        }
        settings.write(settingName, port === null ? null : { port: isWorking() ? (listener?.port ?? port) : port });
        if (port === null) await keep();
      }),
    /** To be called now and then by whoever does the background work. */
    keep: (): Promise<void> =>
      inTurn(keep).then(
        () => void (isFailing = false),
        (error: unknown) => {
          if (!isFailing) failed(error);
          isFailing = true;
        },
      ),
  };
}
