/** pino-roll ships no types; these are the options that log.ts uses (its README). */
declare module 'pino-roll' {
  import type { EventEmitter } from 'node:events';
  import type { DestinationStream } from 'pino';

  interface RollingFileOptions {
    file: string;
    /** Number with a unit: `5m`. */
    size: string;
    /** How many older files are kept beside the current one. */
    limit: { count: number };
    sync: boolean;
    /** Bytes that may wait to be written; more are dropped. */
    maxLength: number;
  }

  export default function openRollingFile(options: RollingFileOptions): Promise<DestinationStream & EventEmitter>;
}
