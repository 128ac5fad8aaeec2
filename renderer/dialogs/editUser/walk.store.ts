import { createStore, type StoreApi } from 'zustand/vanilla';
import { isAppError } from '../../../shared/contract/errors.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import type { UserPlace } from '../../app/dialogs.store.ts';

export interface WalkStore {
  /** Place in the list, from 0. */
  readonly index: number;
  readonly count: number;

  /** Looks for the neighbours of the user who is shown now. */
  look(): Promise<void>;
  /** Moves to a neighbour, once he is known, and answers his id; null where there is none. */
  move(by: -1 | 1): Promise<number | null>;
}

/**
 * Walks along a list of users, also over rows that were never loaded. The neighbours are those whom the list had when the
 * user was opened: a change that gives him another place in it does not lead astray.
 */
export function createWalkStore(client: Pick<ConsoleClient, 'users'>, place: UserPlace): StoreApi<WalkStore> {
  const { sort: _sort, ...selection } = place.list;
  let neighbours: Promise<Neighbours> = Promise.resolve(nobody);

  return createStore<WalkStore>()((set, get) => ({
    index: place.index,
    count: place.count,

    async look() {
      const { index } = get();
      const offset = Math.max(0, index - 1);
      neighbours = Promise.all([client.users.list({ ...place.list, offset, limit: 3 }), client.users.count(selection)]).then(
        ([{ rows }, { count }]) => {
          if (get().index === index) set({ count });
          return { previous: index === 0 ? null : (rows[0]?.id ?? null), next: rows[index - offset + 1]?.id ?? null };
        },
        (error: unknown) => {
          // Nobody can be walked to; a lost connection is said elsewhere.
          if (!isAppError(error)) throw error;
          return nobody;
        },
      );
      await neighbours;
    },

    async move(by) {
      const { previous, next } = await neighbours;
      const id = by === 1 ? next : previous;
      if (id === null) return null;
      const index = get().index + by;
      set({ index });
      place.onMove?.(index);
      void get().look();
      return id;
    },
  }));
}

/** Ids; null at the ends of the list. */
interface Neighbours {
  readonly previous: number | null;
  readonly next: number | null;
}

const nobody: Neighbours = { previous: null, next: null };
