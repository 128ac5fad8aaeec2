import { createStore, type StoreApi } from 'zustand/vanilla';
import type { MailPreview } from '../../../../shared/contract/email.contract.ts';
import type { AppError } from '../../../../shared/contract/errors.ts';
import type { TemplateRow } from '../../../../shared/contract/mailTemplates.contract.ts';
import type { MailReason, NoMailReason } from '../../../../shared/email/mailReasons.ts';
import type { ConsoleClient } from '../../../app/client.tsx';
import { asAppError } from '../../../ui/asAppError.ts';
import type { Found } from '../../../ui/FindCombobox.tsx';
import type { MailViewName } from '../../../ui/mail/MailView.tsx';

export interface Verdict {
  readonly template: string | null;
  readonly to: string;
  readonly reason: MailReason | NoMailReason;
}

export interface ContentStore {
  /** In the order of the tree. Null before the first answer. */
  readonly templates: readonly TemplateRow[] | null;
  readonly listError: AppError | null;
  readonly template: string;
  /** Null: an invented one. */
  readonly reader: Found | null;
  /** Null: the one of the reader. */
  readonly language: string | null;
  readonly view: MailViewName;
  /** The mail that was last answered for; it stays while the next one comes. */
  readonly mail: MailPreview | null;
  readonly mailError: AppError | null;
  /** Which mail the reader would get; null while that is not known, and for the invented one. */
  readonly verdict: Verdict | null;
  /** Reads everything and follows changes until the returned function is called. */
  follow(): () => void;
  load(): Promise<void>;
  choose(template: string): void;
  setReader(reader: Found | null): void;
  setLanguage(language: string | null): void;
  setView(view: MailViewName): void;
}

/** The tab Email Content: one mail is chosen, and shown for one reader. */
export function createContentStore(client: {
  readonly email: Pick<ConsoleClient['email'], 'preview' | 'explain'>;
  readonly mailTemplates: Pick<ConsoleClient['mailTemplates'], 'list' | 'onChanged'>;
}): StoreApi<ContentStore> {
  return createStore<ContentStore>()((set, get) => {
    /** Answers that come after the next question are not shown. */
    let asking = new AbortController();

    async function show(): Promise<void> {
      asking.abort();
      asking = new AbortController();
      const { signal } = asking;
      const { template, reader, language } = get();
      const input = { template, ...(reader && { user: { id: reader.id } }), ...(language !== null && { language }) };
      try {
        const mail = await client.email.preview(input, { signal });
        if (!signal.aborted) set({ mail, mailError: null });
      } catch (error) {
        if (!signal.aborted) set({ mail: null, mailError: asAppError(error) });
      }
    }

    async function explain(reader: Found): Promise<void> {
      try {
        const verdict = await client.email.explain({ user: { id: reader.id } });
        if (get().reader?.id === reader.id) set({ verdict });
      } catch {
        // The preview says what is wrong with this user.
      }
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
      template: 'call-standard-new-user',
      reader: null,
      language: null,
      view: 'desktop',
      mail: null,
      mailError: null,
      verdict: null,

      follow() {
        void get().load();
        const stop = client.mailTemplates.onChanged(() => void get().load());
        return () => {
          asking.abort();
          stop();
        };
      },

      async load() {
        const { reader } = get();
        await Promise.all([list(), show(), reader && explain(reader)]);
      },

      choose(template) {
        if (template === get().template) return;
        set({ template });
        void show();
      },

      setReader(reader) {
        set({ reader, verdict: null });
        void show();
        if (reader) void explain(reader);
      },

      setLanguage(language) {
        set({ language });
        void show();
      },

      setView: (view) => set({ view }),
    };
  });
}
