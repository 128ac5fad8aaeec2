import { createStore, type StoreApi } from 'zustand/vanilla';
import type { MailPreview } from '../../../shared/contract/email.contract.ts';
import type { AppError } from '../../../shared/contract/errors.ts';
import type { TemplateRow } from '../../../shared/contract/mailTemplates.contract.ts';
import { fallbackLanguage } from '../../../shared/texts/defaultTexts.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import type { MatrixBegin } from '../../app/dialogs.store.ts';
import { asAppError } from '../../ui/asAppError.ts';

export type MatrixLook = MatrixBegin['look'];
export const matrixLooks: readonly MatrixLook[] = ['desktop', 'phone', 'dark'];

/** A mail as it was answered for, or why it cannot be shown. */
export type ShownMail = { readonly mail: MailPreview } | { readonly error: AppError };

export interface MailMatrixStore {
  /** In the order of the tree. Null before the first answer. */
  readonly templates: readonly TemplateRow[] | null;
  readonly listError: AppError | null;
  readonly language: string;
  readonly look: MatrixLook;
  /** By template: those that were looked at in this language since the last change. */
  readonly mails: ReadonlyMap<string, ShownMail>;
  /** Reads the list and follows changes until the returned function is called. */
  follow(): () => void;
  /** Asks for a mail that came into view, once. */
  show(template: string): Promise<void>;
  setLanguage(language: string): void;
  setLook(look: MatrixLook): void;
}

/** All mails side by side; each is asked for when it comes into view. */
export function createMailMatrixStore(
  client: {
    readonly email: Pick<ConsoleClient['email'], 'preview'>;
    readonly mailTemplates: Pick<ConsoleClient['mailTemplates'], 'list' | 'onChanged'>;
  },
  begin: MatrixBegin,
): StoreApi<MailMatrixStore> {
  return createStore<MailMatrixStore>()((set, get) => {
    /** Answers for another language, or from before a change, are not shown. */
    let asking = new AbortController();
    const asked = new Set<string>();

    function startOver(more: Partial<MailMatrixStore>): void {
      asking.abort();
      asking = new AbortController();
      asked.clear();
      set({ ...more, mails: new Map() });
    }

    async function list(): Promise<void> {
      try {
        const { templates } = await client.mailTemplates.list(null);
        set({ templates, listError: null });
      } catch (error) {
        set({ listError: asAppError(error) });
      }
    }

    return {
      templates: null,
      listError: null,
      ...begin,
      mails: new Map(),

      follow() {
        void list();
        const stop = client.mailTemplates.onChanged(() => {
          startOver({});
          void list();
        });
        return () => {
          asking.abort();
          stop();
        };
      },

      async show(template) {
        if (asked.has(template)) return;
        asked.add(template);
        const { signal } = asking;
        const { language } = get();
        const put = (shown: ShownMail) => {
          if (!signal.aborted) set({ mails: new Map(get().mails).set(template, shown) });
        };
        try {
          put({ mail: await client.email.preview({ template, language }, { signal }) });
        } catch (error) {
          put({ error: asAppError(error) });
        }
      },

      setLanguage: (language) => startOver({ language }),
      setLook: (look) => set({ look }),
    };
  });
}

/** All languages in which any mail is written, in alphabetical order. */
export function languagesIn(templates: readonly TemplateRow[]): string[] {
  const found = new Set([fallbackLanguage, ...templates.flatMap(({ languages }) => languages.map(({ language }) => language))]);
  return [...found].toSorted();
}
