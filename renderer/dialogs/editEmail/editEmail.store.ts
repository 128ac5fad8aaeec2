import { createStore, type StoreApi } from 'zustand/vanilla';
import type { MailPreview } from '../../../shared/contract/email.contract.ts';
import type { AppError } from '../../../shared/contract/errors.ts';
import type { MailProblem } from '../../../shared/contract/mailProblem.ts';
import type { TemplateDetail, TemplateDraft, TemplateRef, TemplateVersion } from '../../../shared/contract/mailTemplates.contract.ts';
import { attachmentMaxBytes, attachmentsMaxBytes } from '../../../shared/email/attachmentLimits.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { editEmailText } from '../../i18n/en/editEmail.ts';
import { asAppError } from '../../ui/asAppError.ts';
import type { Found } from '../../ui/FindCombobox.tsx';
import { uploadFile } from '../../ui/uploadFile.ts';

/** A file that goes with the mail: one that is kept already, or one that was added here. */
export type FormAttachment = TemplateDraft['attachments'][number] & { readonly bytes: number };
export interface MailForm extends Omit<TemplateDraft, 'attachments'> {
  readonly attachments: readonly FormAttachment[];
}

export interface EditEmailStore {
  readonly ref: TemplateRef;
  /** What the form began with. Null before the first answer. */
  readonly saved: TemplateDetail | null;
  readonly form: MailForm | null;
  /** What somebody else saved while the form was edited. Until it is decided what to do with it nothing can be saved. */
  readonly theirs: TemplateDetail | null;
  readonly phase: 'reading' | 'editing' | 'saving' | 'uploading';
  /** What happened last; gone with the next change. */
  readonly done: 'saved' | 'reset' | 'restored' | null;
  readonly readError: AppError | null;
  readonly saveError: AppError | null;
  readonly uploadProblem: AppError | string | null;
  /** Of what was written when it was last checked. */
  readonly problems: readonly MailProblem[];
  /** Null: an invented one. */
  readonly reader: Found | null;
  readonly mail: MailPreview | null;
  readonly previewError: AppError | null;
  readonly versions: readonly TemplateVersion[] | null;
  /** Follows what others save until the returned function is called. */
  follow(): () => void;
  open(ref: TemplateRef): Promise<void>;
  change(part: Partial<MailForm>): void;
  addFile(file: File): Promise<void>;
  removeAttachment(index: number): void;
  setReader(reader: Found | null): void;
  /** Saves everything. What has errors or was changed by somebody else is not sent. */
  apply(): Promise<void>;
  reset(): Promise<void>;
  restore(version: number): Promise<void>;
  /** Puts what is written here on top of what the other saved. Nothing is saved yet. */
  keepMine(): void;
  loadTheirs(): void;
}

/** Typing faster than this asks for one preview of several letters. */
const typingMs = 200;
/** Somebody who types without a pause sees his mail so often. */
const latestMs = 500;
const shownVersions = 100;

/** One mail in one language, as somebody edits it. */
export function createEditEmailStore(
  client: Pick<ConsoleClient, 'email' | 'mailTemplates' | 'csv'>,
  begin: TemplateRef,
): StoreApi<EditEmailStore> {
  return createStore<EditEmailStore>()((set, get) => {
    let asking = new AbortController();
    let typing: ReturnType<typeof setTimeout> | undefined;
    /** Since when the preview is behind what is written. */
    let behindSince: number | undefined;

    const began = (saved: TemplateDetail) => ({
      ...{ saved, form: formOf(saved), theirs: null, phase: 'editing' as const, problems: saved.problems },
      ...{ readError: null, saveError: null, uploadProblem: null },
    });

    /** Asks for the mail as it would be; the answer of an earlier question is not waited for. */
    async function preview(): Promise<void> {
      clearTimeout(typing);
      behindSince = undefined;
      asking.abort();
      asking = new AbortController();
      const { signal } = asking;
      const { ref, form, reader, saved } = get();
      if (!form) return;
      const draft = draftOf(form);
      const user = reader ? { user: { id: reader.id } } : {};
      const [mail, check] = await Promise.allSettled([
        client.email.preview({ ...ref, ...user, draft }, { signal }),
        isChanged({ saved, form }) ? client.mailTemplates.check({ ...ref, draft }, { signal }) : { problems: saved?.problems ?? [] },
      ]);
      if (signal.aborted) return;
      set(mail.status === 'fulfilled' ? { mail: mail.value, previewError: null } : { previewError: asAppError(mail.reason) });
      if (check.status === 'fulfilled') set({ problems: check.value.problems });
    }

    function previewSoon() {
      clearTimeout(typing);
      behindSince ??= performance.now();
      typing = setTimeout(() => void preview(), Math.min(typingMs, Math.max(0, behindSince + latestMs - performance.now())));
    }

    async function readVersions(): Promise<void> {
      const { ref } = get();
      try {
        const { versions } = await client.mailTemplates.history({ ...ref, limit: shownVersions });
        if (ref === get().ref) set({ versions });
      } catch {
        // The page of the history says that there is none to be seen.
      }
    }

    /** Somebody else may have saved; what is written here is not lost by that. */
    async function readAgain(): Promise<void> {
      const { ref } = get();
      try {
        const fresh = await client.mailTemplates.get(ref);
        const { saved, form, phase } = get();
        if (ref !== get().ref || phase === 'saving' || fresh.revision === saved?.revision) return;
        if (isChanged({ saved, form })) return set({ theirs: fresh });
        set(began(fresh));
        void preview();
        void readVersions();
      } catch (error) {
        set({ readError: asAppError(error) });
      }
    }

    async function run(
      done: NonNullable<EditEmailStore['done']>,
      command: (based: TemplateRef & { base: number }) => Promise<TemplateDetail>,
    ) {
      const { ref, saved } = get();
      if (!saved || get().phase !== 'editing') return;
      set({ phase: 'saving', saveError: null, done: null });
      try {
        set({ ...began(await command({ ...ref, base: saved.revision })), done });
        void preview();
        void readVersions();
      } catch (thrown) {
        const error = asAppError(thrown);
        set({ phase: 'editing', saveError: error.code === 'changed-meanwhile' ? null : error });
        if (error.code === 'changed-meanwhile') await readAgain();
      }
    }

    return {
      ref: begin,
      saved: null,
      form: null,
      theirs: null,
      phase: 'reading',
      done: null,
      readError: null,
      saveError: null,
      uploadProblem: null,
      problems: [],
      reader: null,
      mail: null,
      previewError: null,
      versions: null,

      follow() {
        void get().open(begin);
        const stop = client.mailTemplates.onChanged(() => void readAgain());
        return () => {
          clearTimeout(typing);
          asking.abort();
          stop();
        };
      },

      async open(ref) {
        asking.abort();
        set({ ref, phase: 'reading', done: null, versions: null, readError: null });
        try {
          const saved = await client.mailTemplates.get(ref);
          if (ref !== get().ref) return;
          set(began(saved));
          await Promise.all([preview(), readVersions()]);
        } catch (error) {
          if (ref === get().ref) set({ readError: asAppError(error) });
        }
      },

      change(part) {
        const { form } = get();
        if (!form) return;
        set({ form: { ...form, ...part }, done: null, saveError: null });
        previewSoon();
      },

      async addFile(file) {
        const { form, phase, ref } = get();
        if (!form || phase !== 'editing') return;
        if (file.size > attachmentMaxBytes) return set({ uploadProblem: editEmailText.tooLarge(file.name) });
        const together = form.attachments.reduce((sum, { bytes }) => sum + bytes, file.size);
        if (together > attachmentsMaxBytes) return set({ uploadProblem: editEmailText.tooLargeTogether });
        set({ phase: 'uploading', uploadProblem: null });
        try {
          const uploadId = await uploadFile(client, file);
          const { form: now } = get();
          if (ref !== get().ref || !now) return;
          set({ phase: 'editing' });
          get().change({ attachments: [...now.attachments, { name: file.name, uploadId, bytes: file.size }] });
        } catch (error) {
          set({ phase: 'editing', uploadProblem: asAppError(error) });
        }
      },

      removeAttachment(index) {
        const { form } = get();
        if (!form) return;
        const gone = form.attachments[index];
        // One that was added here belongs to nobody any more; after an hour it would go by itself.
        if (gone && 'uploadId' in gone) client.csv.discardUpload({ uploadId: gone.uploadId }).catch(() => {});
        set({ uploadProblem: null });
        get().change({ attachments: form.attachments.filter((_one, at) => at !== index) });
      },

      setReader(reader) {
        set({ reader });
        void preview();
      },

      async apply() {
        const { saved, form, theirs } = get();
        if (!form || theirs || !isChanged({ saved, form })) return;
        await run('saved', (based) => client.mailTemplates.save({ ...based, content: draftOf(form) }));
      },

      reset: () => run('reset', (based) => client.mailTemplates.reset(based)),
      restore: (version) => run('restored', (based) => client.mailTemplates.restore({ ...based, version })),

      keepMine() {
        const { theirs } = get();
        if (theirs) set({ saved: theirs, theirs: null });
      },

      loadTheirs() {
        const { theirs } = get();
        if (!theirs) return;
        set(began(theirs));
        void preview();
        void readVersions();
      },
    };
  });
}

function formOf({ content }: TemplateDetail): MailForm {
  return content;
}

function draftOf({ attachments, ...parts }: MailForm): TemplateDraft {
  return {
    ...parts,
    attachments: attachments.map((one) => ('uploadId' in one ? { name: one.name, uploadId: one.uploadId } : one)),
  };
}

export function isChanged({ saved, form }: Pick<EditEmailStore, 'saved' | 'form'>): boolean {
  if (!saved || !form) return false;
  const { attachments, ...parts } = form;
  const before = saved.content;
  if ((Object.keys(parts) as (keyof typeof parts)[]).some((name) => parts[name] !== before[name])) return true;
  const files = (list: readonly FormAttachment[]) =>
    list.map((one) => ('uploadId' in one ? one.uploadId : one.sha256 + one.name)).join('/');
  return files(attachments) !== files(before.attachments);
}
