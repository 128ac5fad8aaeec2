import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import type { LogFile, LogFiles } from './logFiles.ts';

/** A place in the files of one program: what lies before `offset` in the file of this number, and all older files. */
export interface Place {
  readonly number: number;
  readonly offset: number;
}

/** A place in the files of each program. */
export type Places = Readonly<Record<string, Place>>;

const places = z.record(z.string(), z.tuple([z.number().int().min(0), z.number().int().min(0)]));

export function writePlaces(at: Places): string {
  return JSON.stringify(Object.fromEntries(Object.entries(at).map(([program, { number, offset }]) => [program, [number, offset]])));
}

/** Rejects with `invalid-input` what writePlaces did not write. */
export function readPlaces(text: string): Places {
  try {
    return Object.fromEntries(
      Object.entries(places.parse(JSON.parse(text))).map(([program, [number, offset]]) => [program, { number, offset }]),
    );
  } catch (error) {
    throw new AppError('invalid-input', 'This is no place in the log.', { cause: error });
  }
}

/** Where the newest files end. */
export function endsOf(files: LogFiles): Places {
  return Object.fromEntries([...files].map(([program, own]) => [program, endOf(own)]));
}

export function endOf(files: readonly LogFile[]): Place {
  const newest = files.at(-1);
  return newest ? { number: newest.number, offset: newest.bytes } : { number: 0, offset: 0 };
}
