import type { Entry, EntryStore } from '../data/entryStore.ts';
import type { SearchScope } from '../protocol/messages.ts';
import type { Predicate } from './compileFilter.ts';

/** What a search comes upon. `pause` is nothing: a moment at which the search may look at the clock and let others work. */
export type Hit =
  | { readonly kind: 'entry'; readonly entry: Entry }
  | { readonly kind: 'reference'; readonly urls: readonly string[] }
  | { readonly kind: 'pause' };

export interface HitOptions {
  readonly store: EntryStore;
  readonly base: Entry;
  readonly scope: SearchScope;
  readonly matches: Predicate;
  readonly showsDeleted: boolean;
  /** What to do with referral objects: report their URLs, show them as entries (RFC 3296), or leave them out. */
  readonly references: 'report' | 'show' | 'omit';
}

const entriesBetweenPauses = 256;

/** Walks the scope of a search. Lazy, so that a page costs what a page costs. */
export function* findHits({ store, base, scope, matches, showsDeleted, references }: HitOptions): Generator<Hit, undefined> {
  let examined = 0;
  for (const entry of candidates(store, base, scope)) {
    examined += 1;
    if (examined % entriesBetweenPauses === 0) yield { kind: 'pause' };
    if (!showsDeleted && isDeleted(entry)) continue;
    const urls = references === 'show' ? undefined : referralUrls(entry);
    if (urls === undefined) {
      if (matches(entry) === true) yield { kind: 'entry', entry };
    } else if (references === 'report') {
      yield { kind: 'reference', urls };
    }
  }
  return undefined;
}

/** URLs of a referral object (RFC 3296); undefined for any other entry. */
export function referralUrls(entry: Entry): readonly string[] | undefined {
  const classes = entry.attributes.get('objectclass')?.values ?? [];
  if (!classes.some((value) => value.toString('latin1').toLowerCase() === 'referral')) return undefined;
  return (entry.attributes.get('ref')?.values ?? []).map((value) => value.toString('utf8'));
}

/** Tombstones, and the container that holds them, are seen only with the control for them. */
export function isDeleted(entry: Entry): boolean {
  return entry.attributes.get('isdeleted')?.values[0]?.toString('latin1').toUpperCase() === 'TRUE';
}

function* candidates(store: EntryStore, base: Entry, scope: SearchScope): Iterable<Entry> {
  switch (scope) {
    case 'base':
      yield base;
      return;
    case 'one':
      yield* store.children(base.key);
      return;
    case 'sub':
      yield* store.subtree(base.key);
      return;
    case 'children':
      for (const entry of store.subtree(base.key)) if (entry !== base) yield entry;
  }
}
