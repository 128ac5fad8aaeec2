import type { Implementation } from '../../../shared/contract/define.ts';
import {
  defaultLogSettings,
  logSettings,
  type LogFilter,
  type LogLine,
  type LogSettings,
  type logsContract,
} from '../../../shared/contract/logs.contract.ts';
import type { Call } from '../../runtime/call.ts';

/** Reads log files without blocking the caller's thread. A place that no longer exists counts as the nearest that does. */
export interface LogReader {
  list(
    query: { readonly filter: LogFilter; readonly from?: string | undefined; readonly limit: number },
    signal?: AbortSignal,
  ): Promise<{ lines: LogLine[]; older: string | null; end: string; readBytes: number }>;
  follow(
    query: { readonly filter: LogFilter; readonly from: string },
    signal?: AbortSignal,
  ): Promise<{ lines: LogLine[]; end: string; skippedBytes: number }>;
  /** Newest first. */
  files(): Promise<{ name: string; bytes: number; changedAt: number }[]>;
}

export interface LogPorts {
  readonly reader: LogReader;
  readonly folder: string;
  readonly settings: { read(name: string): unknown; write(name: string, value: unknown): void };
}

/** What was saved; the defaults where that cannot be read: a log must not keep a console from starting. */
export function readLogSettings(saved: unknown): LogSettings {
  return logSettings.safeParse(saved).data ?? defaultLogSettings;
}

export function createLogService({ reader, folder, settings }: LogPorts): Implementation<typeof logsContract, Call> {
  return {
    list: (query, { signal }) => reader.list(query, signal),
    follow: (query, { signal }) => reader.follow(query, signal),
    files: async () => ({ folder, files: await reader.files(), settings: readLogSettings(settings.read('logging')) }),
    async set(next) {
      settings.write('logging', next);
      return {};
    },
  };
}
