import { z } from 'zod';
import { instant } from './common.ts';
import { command, query } from './define.ts';

/** From the least to the most important. */
export const logLevels = ['debug', 'info', 'warning', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

const words = z.string().trim().max(512);

/** All that is given must hold. */
export const logFilter = z.object({
  /** This level and those above it. */
  level: z.enum(logLevels).optional(),
  /** The service that a line is about, in any letter case: `users`, `directory`… */
  component: words.optional(),
  /** A name that the line mentions, in any letter case. */
  user: words.optional(),
  /** Beginning of the reference that an error message showed. */
  ref: words.optional(),
  /** Anything that the line contains, in any letter case. */
  text: words.optional(),
});
export type LogFilter = z.infer<typeof logFilter>;

export const logLine = z.object({
  /** File and place: no other line has the same. */
  id: z.string(),
  /** Null for a line that cannot be read, as after a loss of power. */
  at: instant.nullable(),
  level: z.enum(logLevels),
  /** Which kind of program wrote it: desktop, server, command line. */
  host: z.string(),
  component: z.string(),
  user: z.string(),
  ref: z.string(),
  message: z.string(),
  /** The whole line as it lies in the file, cut off after 64 KB. */
  raw: z.string(),
});
export type LogLine = z.infer<typeof logLine>;

/** A place in all files. Opaque; valid for as long as the files are there. */
const place = z.string().max(4_096);

export const logSettings = z.object({
  /** Megabytes after which a program begins a new file. */
  fileMb: z.number().int().min(1).max(1_024),
  /** Files of each kind of program that are kept, the one being written included. */
  files: z.number().int().min(2).max(100),
});
export type LogSettings = z.infer<typeof logSettings>;

export const defaultLogSettings: LogSettings = { fileMb: 5, files: 10 };

export const logsContract = {
  /**
   * Lines of all programs, the newest first. `from` is the `older` of the answer before. An answer looks through a limited number of
   * bytes, so it may hold few lines or none although older ones fit: `older` is null only at the beginning of the oldest file.
   */
  list: query(
    'read',
    z.object({ filter: logFilter.default({}), from: place.optional(), limit: z.number().int().min(1).max(1_000).default(200) }),
    z.object({
      lines: z.array(logLine),
      older: place.nullable(),
      /** Where lines that are written later begin; see `follow`. */
      end: place,
      /** Bytes that this answer looked through. */
      readBytes: z.number().int(),
    }),
  ),
  /** Lines that were written since `from`, the oldest first. Where too much was written to follow, `skippedBytes` were left out before them. */
  follow: query(
    'read',
    z.object({ filter: logFilter.default({}), from: place }),
    z.object({ lines: z.array(logLine), end: place, skippedBytes: z.number().int() }),
  ),
  files: query(
    'read',
    z.null(),
    z.object({
      folder: z.string(),
      files: z.array(z.object({ name: z.string(), bytes: z.number().int(), changedAt: instant })),
      settings: logSettings,
    }),
  ),
  /** Each program follows when it is started the next time. */
  set: command('manage', logSettings, z.object({})),
};
