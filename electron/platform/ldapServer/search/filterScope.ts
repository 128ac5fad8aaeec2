import type { EntryStore } from '../data/entryStore.ts';
import type { EntryView } from './entryView.ts';
import type { SchemaNames } from './schema.ts';

/** What a filter is evaluated against. */
export interface FilterScope {
  readonly store: EntryStore;
  readonly view: EntryView;
  readonly schema: SchemaNames;
}
