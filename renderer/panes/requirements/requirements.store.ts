import { createStore, type StoreApi } from 'zustand/vanilla';
import { isAppError, type AppError } from '../../../shared/contract/errors.ts';
import { requirementKinds, type Requirement } from '../../../shared/contract/requirements.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { asAppError } from '../../ui/asAppError.ts';

export interface RequirementsStore {
  /** In their order, those that are known; null before the first check. */
  readonly found: readonly Requirement[] | null;
  readonly isChecking: boolean;
  /** When the last check ended. */
  readonly checkedAt: number | null;
  /** Hours between two checks that the console makes by itself; null before the first answer. */
  readonly everyHours: number | null;
  readonly error: AppError | null;
  /** Reads the schedule and checks once, until the returned function is called. */
  follow(): () => void;
  /** Looks at everything; what was found before stays until its place is taken. */
  check(): Promise<void>;
  setSchedule(everyHours: number): Promise<void>;
}

interface RequirementsClient {
  readonly requirements: Pick<ConsoleClient['requirements'], 'check' | 'settings' | 'setSchedule' | 'onChecked'>;
}

const browser = { newRunId: () => crypto.randomUUID() as string, now: Date.now };

/** Whether this computer is as the console needs it, each answer as soon as it is known. */
export function createRequirementsStore({ requirements }: RequirementsClient, { newRunId, now } = browser): StoreApi<RequirementsStore> {
  return createStore<RequirementsStore>()((set, get) => ({
    found: null,
    isChecking: false,
    checkedAt: null,
    everyHours: null,
    error: null,

    follow() {
      const own = new AbortController();
      requirements.settings(null, { signal: own.signal }).then(
        ({ everyHours }) => set({ everyHours }),
        (error: unknown) => own.signal.aborted || set({ error: asAppError(error) }),
      );
      if (get().checkedAt === null) void get().check();
      return () => own.abort();
    },

    async setSchedule(everyHours) {
      try {
        await requirements.setSchedule({ everyHours });
        set({ everyHours });
      } catch (error) {
        set({ error: asAppError(error) });
      }
    },

    async check() {
      if (get().isChecking) return;
      const runId = newRunId();
      set({ isChecking: true, error: null });
      const unsubscribe = requirements.onChecked((event) => {
        if (event.runId !== runId) return;
        const others = (get().found ?? []).filter(({ kind }) => kind !== event.requirement.kind);
        set({ found: inOrder([...others, event.requirement]) });
      });
      try {
        set({ found: await requirements.check({ runId }), checkedAt: now() });
      } catch (error) {
        if (!isAppError(error, 'cancelled')) set({ error: asAppError(error) });
      } finally {
        unsubscribe();
        set({ isChecking: false });
      }
    },
  }));
}

function inOrder(found: readonly Requirement[]): Requirement[] {
  return found.toSorted((a, b) => requirementKinds.indexOf(a.kind) - requirementKinds.indexOf(b.kind));
}
