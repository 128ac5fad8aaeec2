import { EventEmitter } from 'node:events';
import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import { strict } from './strict.ts';

export interface IpcMessage {
  readonly channel: string;
  readonly args: unknown[];
  /** Present when the renderer waits for an answer. */
  readonly id?: number;
}

type Handler = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;

/** Serves as `ipcMain` and as `webContents.ipc`: Electron gives both the same shape. */
export function createIpc(name: string) {
  const events = new EventEmitter();
  const handlers = new Map<string, Handler>();
  const ipc = strict<IpcMain>(
    name,
    {
      handle(channel, handler) {
        if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
        handlers.set(channel, handler);
      },
      removeHandler: (channel) => void handlers.delete(channel),
    },
    events,
  );
  return { ipc, events, handlers };
}

export type Ipc = ReturnType<typeof createIpc>;
export const main = createIpc('ipcMain');

/** Electron's order: the listeners of the window first, then those of the whole app. */
export async function dispatch(own: Ipc, event: IpcMainEvent, { channel, args, id }: IpcMessage): Promise<unknown> {
  if (id === undefined) {
    for (const { events } of [own, main]) events.emit(channel, event, ...args);
    return;
  }
  const handler = own.handlers.get(channel) ?? main.handlers.get(channel);
  if (!handler) throw new Error(`No handler registered for '${channel}'`);
  return handler(event as unknown as IpcMainInvokeEvent, ...args);
}
