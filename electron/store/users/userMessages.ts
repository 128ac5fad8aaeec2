import type { ErrorDetails } from '../../../shared/contract/errors.ts';
import type { MethodCount } from '../../../shared/contract/status.contract.ts';
import type { UserColumn } from '../../../shared/contract/users.contract.ts';
import type { PlaceRange, SortedSelection, UserKey, UserSelection, UserWindow } from '../../services/users/userReader.ts';
import type { ColumnOrder } from './buildOrder.ts';
import type { StoredSelection } from './filterSql.ts';
import type { Hits } from './hits.ts';

/** What the list worker answers. */
export type UserQuery =
  | { readonly kind: 'list'; readonly window: UserWindow }
  | { readonly kind: 'count'; readonly selection: UserSelection }
  | { readonly kind: 'idsAt'; readonly selection: SortedSelection; readonly ranges: readonly PlaceRange[] }
  | { readonly kind: 'placesOf'; readonly selection: SortedSelection; readonly ids: readonly number[] }
  | { readonly kind: 'ids'; readonly selection: UserSelection }
  | { readonly kind: 'methods' }
  | { readonly kind: 'get'; readonly key: UserKey };

/** What the list worker gives to other threads, because it takes longer than others may wait. */
export type SlowQuery =
  /** Everybody by this column. */
  | { readonly kind: 'order'; readonly column: UserColumn }
  /** One window of a selection, sorted by SQL alone. */
  | ({ readonly kind: 'top'; readonly selection: StoredSelection } & Pick<UserWindow, 'sort' | 'offset' | 'limit'>)
  /** Everybody in the selection; with `half` those of them in one half of the ids (see findInHalves). */
  | { readonly kind: 'found'; readonly selection: StoredSelection; readonly half?: Half }
  /** How many users there are of each method. */
  | { readonly kind: 'methods' }
  /** Keep this for the next start. */
  | { readonly kind: 'keep'; readonly column: UserColumn; readonly version: number; readonly order: ColumnOrder };

/** Of the ids up to the greatest one, the smaller or the greater. */
export type Half = 'lower' | 'upper';

/** Ids of users as they were at `version` (see readVersion). */
export type SlowAnswer =
  | ({ readonly kind: 'order'; readonly version: number; readonly isKept: boolean } & ColumnOrder)
  | { readonly kind: 'kept'; readonly isKept: boolean }
  | { readonly kind: 'methods'; readonly version: number; readonly methods: readonly MethodCount[] }
  | { readonly kind: 'top'; readonly version: number; readonly ids: Uint32Array<ArrayBuffer> }
  | { readonly kind: 'found'; readonly version: number; readonly hits: Hits };

export type ToWorker<Query> = { readonly id: number; readonly query: Query } | { readonly id: number; readonly cancel: true };

export type FromWorker =
  | { readonly id: number; readonly result: unknown }
  /** `code` is absent for a bug. */
  | {
      readonly id: number;
      readonly error: { readonly code?: string; readonly message: string; readonly stack?: string; readonly details?: ErrorDetails };
    };
