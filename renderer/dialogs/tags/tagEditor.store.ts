import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppError } from '../../../shared/contract/errors.ts';
import { tagDescriptionLimit, tagNameLimit, type Tag } from '../../../shared/contract/tags.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { tagEditorText as text } from '../../i18n/en/tags.ts';
import { asAppError } from '../../ui/asAppError.ts';

type TagForm = Pick<Tag, 'name' | 'color' | 'description'>;

export interface TagEditorStore {
  readonly phase: 'editing' | 'saving';
  readonly before: TagForm;
  readonly form: TagForm;
  /** To be shown now, by field. */
  readonly problems: ReadonlyMap<string, string>;
  readonly saveError: AppError | null;
  /** Names of the tags that were saved, the last at the end. */
  readonly saved: readonly string[];
  change(change: Partial<TagForm>): void;
  leave(field: string): void;
  save(): Promise<void>;
}

const empty: TagForm = { name: '', color: 'blue', description: '' };

/** One tag while it is edited, or tags that are added one after the other: `tag` null. */
export function createTagEditorStore(client: Pick<ConsoleClient, 'tags'>, tag: Tag | null): StoreApi<TagEditorStore> {
  const left = new Set<string>();
  const first: TagForm = tag ? { name: tag.name, color: tag.color, description: tag.description } : empty;

  return createStore<TagEditorStore>()((set, get) => ({
    phase: 'editing',
    before: first,
    form: first,
    problems: new Map(),
    saveError: null,
    saved: [],

    change(change) {
      if (get().phase !== 'editing') return;
      const form = { ...get().form, ...change };
      set({ form, saveError: null, problems: problemsOf(form, left) });
    },

    leave(field) {
      // A new tag that nobody has begun is no mistake.
      if (field === 'name' && get().form.name === get().before.name) return;
      left.add(field);
      set({ problems: problemsOf(get().form, left) });
    },

    async save() {
      const { phase, form } = get();
      if (phase !== 'editing') return;
      set({ phase: 'saving', saveError: null });
      try {
        if (tag) await client.tags.edit({ id: tag.id, ...form });
        else await client.tags.add(form);
        left.clear();
        const name = form.name.trim();
        const next = tag ? { ...form, name } : { ...empty, color: form.color };
        set({ phase: 'editing', before: next, form: next, problems: new Map(), saved: [...get().saved, name] });
      } catch (thrown) {
        const error = asAppError(thrown);
        const field = fieldOf(error);
        set({ phase: 'editing', saveError: error, problems: field ? new Map([[field, error.message]]) : new Map() });
      }
    },
  }));
}

function problemsOf({ name, description }: TagForm, left: ReadonlySet<string>): Map<string, string> {
  const problems = new Map<string, string>();
  if (name.trim().length > tagNameLimit) problems.set('name', text.tooLong(name.trim().length, tagNameLimit));
  if (left.has('name') && name.trim() === '') problems.set('name', text.nameMissing);
  if (description.trim().length > tagDescriptionLimit)
    problems.set('description', text.tooLong(description.trim().length, tagDescriptionLimit));
  return problems;
}

/** The field that the server refused, where it named one. */
function fieldOf({ code, details }: AppError): 'name' | 'description' | null {
  if (code === 'conflict') return 'name';
  const field = details?.['field'];
  return field === 'name' || field === 'description' ? field : null;
}

export const isFieldError = (error: AppError): boolean => fieldOf(error) !== null;
