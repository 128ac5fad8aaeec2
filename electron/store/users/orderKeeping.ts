import { userColumns } from '../../../shared/contract/users.contract.ts';
import type { UserColumn } from '../../../shared/contract/users.contract.ts';
import type { ColumnOrder } from './buildOrder.ts';
import { createRest } from './rest.ts';
import type { Rest } from './rest.ts';

export interface OrderKeepingPorts {
  now(): number;
  /** What is held in memory for this column at this version, or null. */
  held(column: UserColumn, version: number): ColumnOrder | null;
  /** Writes it to where the next start finds it; answers whether that was done. */
  keep(column: UserColumn, version: number, order: ColumnOrder): Promise<boolean>;
}

export interface OrderKeeping {
  /** The order of this column at this version came from its file. */
  isKept(column: UserColumn, version: number): void;
  /** To be called now and then with the version of the list: has one order kept, once the list has been at rest. */
  goOn(version: number): void;
}

/** Has orders kept for the next start, one at a time. */
export function createOrderKeeping({ now, held, keep }: OrderKeepingPorts): OrderKeeping {
  const rests = new Map<UserColumn, Rest>(userColumns.map((column) => [column, createRest(now)]));
  let isBusy = false;

  async function keepOne(rest: Rest, column: UserColumn, version: number, order: ColumnOrder): Promise<void> {
    try {
      rest.kept((await keep(column, version, order)) ? version : -1);
    } catch {
      // Costs speed only, at the next start.
      rest.kept(-1);
    } finally {
      isBusy = false;
    }
  }

  return {
    isKept: (column, version) => rests.get(column)?.kept(version),

    goOn(version) {
      const due = [...rests].filter(([, rest]) => rest.isDue(version));
      for (const [column, rest] of due) {
        const order = isBusy ? null : held(column, version);
        if (!order) continue;
        isBusy = true;
        void keepOne(rest, column, version, order);
      }
    },
  };
}
