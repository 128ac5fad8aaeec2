import { userColumns } from '../../../shared/contract/users.contract.ts';
import type { UserColumn } from '../../../shared/contract/users.contract.ts';

export interface OrderAheadPorts {
  has(column: UserColumn): boolean;
  build(column: UserColumn, signal: AbortSignal): Promise<void>;
}

export interface OrderAhead {
  /** Has the order of a column that was just looked at made soon, the last one first. */
  want(column: UserColumn): void;
  /** To be called now and then with the version of the list: builds what nobody has asked for yet while that stays the same. */
  goOn(version: number): void;
  /** Somebody waits for the order of this column: another that is being made gives way, and is made later. */
  giveWay(column: UserColumn): void;
}

/** Columns in the order in which people sort by them. */
const inTurn: readonly UserColumn[] = [...new Set<UserColumn>(['username', 'name', 'email', ...userColumns])];

/** Makes orders before somebody needs them, one at a time. Starts with the first column that is wanted. */
export function createOrderAhead({ has, build }: OrderAheadPorts): OrderAhead {
  let wanted: UserColumn[] = [];
  let isUsed = false;
  let lastVersion = -1;
  let running: { readonly column: UserColumn; readonly controller: AbortController } | undefined;

  function start(column: UserColumn): void {
    const started = { column, controller: new AbortController() };
    running = started;
    // Failing costs speed only: the next window asks again, and says what is wrong where it cannot do without.
    build(column, started.controller.signal)
      .catch(() => undefined)
      .finally(() => {
        running = undefined;
        next();
      });
  }

  function next(): void {
    wanted = wanted.filter((column) => !has(column));
    const column = wanted.pop();
    if (column !== undefined && !running) start(column);
  }

  return {
    want(column) {
      isUsed = true;
      if (running?.column === column) return;
      wanted = [...wanted.filter((each) => each !== column), column];
      if (!running) next();
    },

    goOn(version) {
      const isSettled = version === lastVersion;
      lastVersion = version;
      const column = inTurn.find((each) => !has(each));
      if (isUsed && isSettled && !running && column !== undefined) start(column);
    },

    giveWay(column) {
      if (running && running.column !== column) running.controller.abort();
    },
  };
}
