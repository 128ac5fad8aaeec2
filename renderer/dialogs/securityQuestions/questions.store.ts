import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SecurityQuestion } from '../../../shared/contract/questions.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';

export type QuestionsList =
  | { readonly phase: 'loading' }
  | { readonly phase: 'shown'; readonly questions: readonly SecurityQuestion[] }
  | { readonly phase: 'failed'; readonly error: unknown };

export interface QuestionsStore {
  readonly list: QuestionsList;
  /** Of the questions that are shown. */
  readonly language: string;
  /** The question that is being changed; null while a new one is written. */
  readonly editing: SecurityQuestion | null;
  readonly typed: string;
  readonly done: 'added' | 'saved' | 'removed' | null;
  readonly error: unknown;
  load(): Promise<void>;
  chooseLanguage(language: string): void;
  type(text: string): void;
  edit(question: SecurityQuestion | null): void;
  /** Adds what was typed, or changes the question that is being edited. */
  save(): Promise<void>;
  remove(question: SecurityQuestion): Promise<void>;
  move(question: SecurityQuestion, direction: 'up' | 'down'): Promise<void>;
  /** Reads the list again when somebody changes it; until the returned function is called. */
  watch(): () => void;
}

export function createQuestionsStore(client: Pick<ConsoleClient, 'questions'>): StoreApi<QuestionsStore> {
  return createStore<QuestionsStore>()((set, get) => {
    async function change(done: QuestionsStore['done'], work: () => Promise<unknown>): Promise<boolean> {
      set({ error: null, done: null });
      try {
        await work();
      } catch (error) {
        set({ error });
        return false;
      } finally {
        await get().load();
      }
      set({ done });
      return true;
    }

    return {
      list: { phase: 'loading' },
      language: 'en',
      editing: null,
      typed: '',
      done: null,
      error: null,
      async load() {
        try {
          set({ list: { phase: 'shown', ...(await client.questions.list({})) } });
        } catch (error) {
          set({ list: { phase: 'failed', error } });
        }
      },
      chooseLanguage: (language) => set({ language, editing: null, typed: '', done: null, error: null }),
      type: (typed) => set({ typed, done: null }),
      edit: (editing) => set({ editing, typed: editing?.text ?? '', done: null, error: null }),
      async save() {
        const { editing, typed: text, language } = get();
        const saved = editing
          ? await change('saved', () => client.questions.edit({ id: editing.id, language, text }))
          : await change('added', () => client.questions.add({ language, text }));
        if (saved) set({ editing: null, typed: '' });
      },
      async remove({ id }) {
        await change('removed', () => client.questions.remove({ id }));
        if (get().editing?.id === id) set({ editing: null, typed: '' });
      },
      async move({ id }, direction) {
        await change(null, () => client.questions.move({ id, direction }));
      },
      watch: () => client.questions.onChanged(() => void get().load()),
    };
  });
}
