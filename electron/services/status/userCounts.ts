import { z } from 'zod';
import { enrolmentDay, methodCount, type EnrolmentDay, type MethodCount } from '../../../shared/contract/status.contract.ts';

const kept = z.object({ version: z.number(), countedAt: z.number(), methods: z.array(methodCount) });
const keptDays = z.array(enrolmentDay);

export interface UserCountPorts {
  /** Grows with every change of users. */
  usersVersion(): number;
  /** Looks at all users: half a second with a million. */
  countUsers(signal: AbortSignal): Promise<{ readonly version: number; readonly methods: readonly MethodCount[] }>;
  readonly settings: { read(name: string): unknown; write(name: string, value: unknown): void };
  now(): number;
  /** Users were counted anew. */
  changed(): void;
  log(error: unknown): void;
}

export interface UserCounts {
  /** What is known, at once; where it is no longer right, a new count is begun. */
  latest(): { readonly countedAt: number | null; readonly methods: readonly MethodCount[] };
  /** What is known, right or not. Nobody is counted. */
  known(): { readonly countedAt: number | null; readonly methods: readonly MethodCount[] };
  days(): readonly EnrolmentDay[];
  /** Counts if users have changed or a day has begun since the last count. */
  refresh(): void;
  stop(): void;
}

/** While users change all the time, they are counted no more often than this. */
const leastMs = 5_000;
const mostDays = 400;

/** Keeps count of users by method, for everybody who asks, also after a new start. */
export function createUserCounts(ports: UserCountPorts): UserCounts {
  const ended = new AbortController();
  let isCounting = false;
  let triedAt = Number.NEGATIVE_INFINITY;

  const last = () => kept.safeParse(ports.settings.read('statusUsers')).data;
  const days = () => keptDays.safeParse(ports.settings.read('statusDays')).data ?? [];

  async function count(): Promise<void> {
    isCounting = true;
    triedAt = ports.now();
    try {
      const { version, methods } = await ports.countUsers(ended.signal);
      const countedAt = ports.now();
      ports.settings.write('statusUsers', { version, countedAt, methods });
      ports.settings.write('statusDays', withDay(days(), dayOf(countedAt), methods));
      ports.changed();
    } catch (error) {
      if (!ended.signal.aborted) ports.log(error);
    } finally {
      isCounting = false;
    }
  }

  function refresh(): void {
    const known = last();
    const isRight = known?.version === ports.usersVersion() && dayOf(known.countedAt) === dayOf(ports.now());
    if (!isRight && !isCounting && ports.now() - triedAt >= leastMs) void count();
  }

  function known() {
    const { countedAt = null, methods = [] } = last() ?? {};
    return { countedAt, methods };
  }

  return {
    latest() {
      refresh();
      return known();
    },
    known,
    days,
    refresh,
    stop: () => ended.abort(),
  };
}

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

function withDay(before: readonly EnrolmentDay[], day: string, methods: readonly MethodCount[]): EnrolmentDay[] {
  const users = methods.reduce((sum, { complete, incomplete, disabled }) => sum + complete + incomplete + disabled, 0);
  const complete = methods.reduce((sum, each) => sum + each.complete, 0);
  return [...before.filter((each) => each.day !== day), { day, users, complete }]
    .toSorted((a, b) => a.day.localeCompare(b.day))
    .slice(-mostDays);
}
