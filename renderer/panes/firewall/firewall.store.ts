import { createStore, type StoreApi } from 'zustand/vanilla';
import { isAppError, type AppError } from '../../../shared/contract/errors.ts';
import type { NetworkTarget, PastCheck, TargetCheck } from '../../../shared/contract/network.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import type { CheckState } from '../../i18n/en/checkHistory.ts';
import { asAppError } from '../../ui/asAppError.ts';
import { noSelection, selectOnly, trimSelection, type Selection } from '../../ui/table/selection.ts';

/** A target, and what is known of it. */
export interface FirewallRow extends NetworkTarget {
  readonly state: CheckState;
  /** Null: it was not checked since the window was opened. */
  readonly check: TargetCheck | null;
}

export interface FirewallStore {
  /** Null before the first answer. */
  readonly rows: readonly FirewallRow[] | null;
  readonly selection: Selection;
  readonly isChecking: boolean;
  /** When the last check ended. */
  readonly checkedAt: number | null;
  /** What earlier checks of the selected target found, the newest first. */
  readonly past: readonly PastCheck[];
  /** Hours between two checks that the console makes by itself; null before the first answer. */
  readonly everyHours: number | null;
  /** The server runs on Windows, whose rules can be compared. */
  readonly isWindows: boolean;
  readonly error: AppError | null;
  /** Reads the targets, checks them once and follows changes until the returned function is called. */
  follow(): () => void;
  /** Checks these targets; without ids all that are on. */
  check(ids?: readonly string[]): Promise<void>;
  stop(): void;
  setEnabled(id: string, isEnabled: boolean): Promise<void>;
  remove(id: string): Promise<void>;
  select(selection: Selection): void;
  setSchedule(everyHours: number): Promise<void>;
}

type Network = ConsoleClient['network'];

interface FirewallClient {
  readonly network: Pick<
    Network,
    | 'targets'
    | 'windowsFirewall'
    | 'check'
    | 'history'
    | 'schedule'
    | 'setSchedule'
    | 'setEnabled'
    | 'removeTarget'
    | 'onChecked'
    | 'onChanged'
  >;
}

interface FirewallPorts {
  newRunId(): string;
  now(): number;
}

/** So many earlier checks are shown. */
const shownPast = 5;

const browser: FirewallPorts = { newRunId: () => crypto.randomUUID(), now: Date.now };

/** What this server has to reach, and what became of the tries, each as soon as it is known. */
export function createFirewallStore({ network }: FirewallClient, { newRunId, now }: FirewallPorts = browser): StoreApi<FirewallStore> {
  const running = new Map<AbortController, Set<string>>();
  const checks = new Map<string, TargetCheck>();
  let targets: readonly NetworkTarget[] = [];

  return createStore<FirewallStore>()((set, get) => {
    /** The selected target stays selected wherever its row goes. */
    function show() {
      const { rows: before, selection } = get();
      const rows = targets.map(rowOf);
      const chosen = before?.[selection.active]?.id;
      const at = rows.findIndex(({ id }) => id === chosen);
      set({ rows, selection: at >= 0 ? selectOnly(at) : trimSelection(noSelection, rows.length), isChecking: running.size > 0 });
    }

    function rowOf(target: NetworkTarget): FirewallRow {
      const check = checks.get(target.id) ?? null;
      const isChecking = [...running.values()].some((ids) => ids.has(target.id));
      const known = target.isEnabled ? (check?.state ?? 'unknown') : 'off';
      return { ...target, check, state: isChecking ? 'checking' : known };
    }

    async function load(): Promise<void> {
      try {
        const [found, { everyHours }, { isHere }] = await Promise.all([
          network.targets(null),
          network.schedule(null),
          network.windowsFirewall(null),
        ]);
        targets = found;
        set({ everyHours, isWindows: isHere, error: null });
        show();
      } catch (error) {
        set({ error: asAppError(error) });
      }
    }

    /** Not worth an error of its own: the result that matters is shown anyway. */
    async function readPast(): Promise<void> {
      const chosen = () => get().rows?.[get().selection.active]?.id;
      const id = chosen();
      const past = id === undefined ? [] : await network.history({ id, limit: shownPast }).catch(() => []);
      if (id === chosen()) set({ past });
    }

    async function change(work: () => Promise<unknown>): Promise<void> {
      try {
        await work();
        await load();
      } catch (error) {
        set({ error: asAppError(error) });
      }
    }

    return {
      rows: null,
      selection: noSelection,
      isChecking: false,
      checkedAt: null,
      past: [],
      everyHours: null,
      isWindows: false,
      error: null,

      follow() {
        void load().then(() => {
          if (get().checkedAt === null && running.size === 0) return get().check();
        });
        return network.onChanged(() => void load());
      },

      async check(ids) {
        const own = new AbortController();
        const runId = newRunId();
        const left = new Set(ids ?? targets.filter(({ isEnabled }) => isEnabled).map(({ id }) => id));
        if (left.size === 0) return;
        function take(check: TargetCheck) {
          checks.set(check.id, check);
          left.delete(check.id);
        }
        const unsubscribe = network.onChecked((event) => {
          if (event.runId !== runId) return;
          take(event.check);
          show();
        });
        running.set(own, left);
        set({ error: null });
        show();
        try {
          for (const check of await network.check({ ids: [...left], runId }, { signal: own.signal })) take(check);
          set({ checkedAt: now() });
        } catch (error) {
          if (!isAppError(error, 'cancelled')) set({ error: asAppError(error) });
        } finally {
          unsubscribe();
          running.delete(own);
          show();
          void readPast();
        }
      },

      stop() {
        for (const own of running.keys()) own.abort();
      },

      setEnabled: (id, isEnabled) =>
        change(async () => {
          await network.setEnabled({ id, isEnabled });
          if (isEnabled) void get().check([id]);
        }),
      remove: (id) => change(() => network.removeTarget({ id })),
      select(selection) {
        set({ selection });
        void readPast();
      },
      setSchedule: (everyHours) => change(() => network.setSchedule({ everyHours })),
    };
  });
}

/** How many targets there are of each state. */
export function countStates(rows: readonly FirewallRow[]): Readonly<Record<FirewallRow['state'], number>> {
  const counts = { pass: 0, warn: 0, fail: 0, checking: 0, unknown: 0, off: 0 };
  for (const { state } of rows) counts[state] += 1;
  return counts;
}
