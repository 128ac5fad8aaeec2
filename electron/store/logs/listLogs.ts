import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LogFilter, LogLine } from '../../../shared/contract/logs.contract.ts';
import type { LogReader } from '../../services/logs/logService.ts';
import type { LogFiles } from './logFiles.ts';
import { createLineTest, type FoundLine } from './logLine.ts';
import { endsOf, readPlaces, writePlaces, type Place } from './logPlace.ts';
import { createBackwardReader, type BackwardReader } from './readBackward.ts';

/** An answer looks through no more than this: whoever waits sees how far it is. */
export const mostBytes = 64 * 1_048_576;

interface Program {
  readonly name: string;
  readonly reader: BackwardReader;
  /** Found and not yet given out, the newest first. */
  waiting: readonly FoundLine[];
  isAtStart: boolean;
}

type ListQuery = Parameters<LogReader['list']>[0];
type ListAnswer = Awaited<ReturnType<LogReader['list']>>;

/** Lines of all programs in one order, the newest first. Others get a turn between two blocks. */
export async function listLogs(files: LogFiles, { filter, from, limit }: ListQuery, signal: AbortSignal): Promise<ListAnswer> {
  const ends = endsOf(files);
  const start = from === undefined ? ends : readPlaces(from);
  const programs = [...files].flatMap(([name, own]) => (start[name] ? [programFrom(name, own, start[name], filter)] : []));
  const lines: LogLine[] = [];
  try {
    while (lines.length < limit && readBytes(programs) < mostBytes) {
      const behind = programs.find(({ waiting, isAtStart }) => waiting.length === 0 && !isAtStart);
      if (behind) {
        readOn(behind);
        await nextTurn();
        signal.throwIfAborted();
        continue;
      }
      const newest = newestOf(programs);
      if (!newest) break;
      lines.push(newest.waiting[0]!.line);
      newest.waiting = newest.waiting.slice(1);
    }
    const isEnd = programs.every(({ waiting, isAtStart }) => waiting.length === 0 && isAtStart);
    const older = Object.fromEntries(programs.map((program) => [program.name, placeOf(program)]));
    return { lines, older: isEnd ? null : writePlaces(older), end: writePlaces(ends), readBytes: readBytes(programs) };
  } finally {
    for (const { reader } of programs) reader.close();
  }
}

function programFrom(name: string, files: Parameters<typeof createBackwardReader>[0], from: Place, filter: LogFilter): Program {
  return { name, reader: createBackwardReader(files, from, createLineTest(filter)), waiting: [], isAtStart: false };
}

function readOn(program: Program): void {
  const found = program.reader.next();
  if (found) program.waiting = found;
  else program.isAtStart = true;
}

const readBytes = (programs: readonly Program[]) => programs.reduce((sum, { reader }) => sum + reader.readBytes(), 0);

/** The program whose next line is the newest. A line without a time belongs to the one after it, so it is given out first. */
function newestOf(programs: readonly Program[]): Program | undefined {
  let newest: Program | undefined;
  for (const program of programs) {
    const [next] = program.waiting;
    if (next && (newest === undefined || timeOf(next) > timeOf(newest.waiting[0]!))) newest = program;
  }
  return newest;
}

const timeOf = ({ line }: FoundLine) => line.at ?? Number.POSITIVE_INFINITY;

/** Where the next answer goes on: what was found and not given out is read again. */
function placeOf({ reader, waiting }: Program): Place {
  const [next] = waiting;
  const { number, offset } = reader.place();
  return { number, offset: next ? next.end : offset };
}
