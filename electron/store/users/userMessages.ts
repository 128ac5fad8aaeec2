import type { ErrorDetails } from '../../../shared/contract/errors.ts';
import type { UserKey, UserSelection, UserWindow } from '../../services/users/userReader.ts';
import type { UserSort } from './userOrder.ts';

/** What the list worker answers. */
export type UserQuery =
  | { readonly kind: 'list'; readonly window: UserWindow }
  | { readonly kind: 'count'; readonly selection: UserSelection }
  | { readonly kind: 'get'; readonly key: UserKey };

/** What the list worker gives to its second thread, because it takes longer than others may wait. All answers are ids. */
export type SlowQuery =
  /** Everybody in this order. */
  | { readonly kind: 'order'; readonly sort: UserSort }
  /** One window of a selection, found and sorted by SQL alone. */
  | ({ readonly kind: 'top'; readonly selection: UserSelection } & Pick<UserWindow, 'sort' | 'offset' | 'limit'>)
  /** Everybody in the selection, in no order. */
  | { readonly kind: 'found'; readonly selection: UserSelection };

/** Ids of users as they were at `version` (see readVersion). */
export interface SlowAnswer {
  readonly version: number;
  readonly ids: Uint32Array<ArrayBuffer>;
}

export type ToWorker<Query> = { readonly id: number; readonly query: Query } | { readonly id: number; readonly cancel: true };

export type FromWorker =
  | { readonly id: number; readonly result: unknown }
  /** `code` is absent for a bug. */
  | {
      readonly id: number;
      readonly error: { readonly code?: string; readonly message: string; readonly stack?: string; readonly details?: ErrorDetails };
    };
