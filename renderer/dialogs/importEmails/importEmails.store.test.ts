import { expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { createImportEmailsStore } from './importEmails.store.ts';

const zip = new File(['PK'], 'mails.zip');

/** A server that keeps one upload after the other and plans the same for each. */
function opened() {
  const kept = new Set<string>();
  const answers = { state: 1, importError: null as AppError | null, planError: null as AppError | null };
  const imported: object[] = [];
  let uploads = 0;
  const store = createImportEmailsStore({
    csv: {
      async beginUpload() {
        const uploadId = `u${(uploads += 1)}`;
        kept.add(uploadId);
        return { uploadId };
      },
      appendUpload: async () => ({ bytes: 2 }),
      discardUpload: async ({ uploadId }: { uploadId: string }) => (kept.delete(uploadId), null),
    },
    mailTemplates: {
      async planImport() {
        if (answers.planError) throw answers.planError;
        return { files: [], ignored: [], state: answers.state };
      },
      async importAll(input: object) {
        imported.push(input);
        if (answers.importError) throw answers.importError;
        return { files: [], imported: 3 };
      },
    },
  } as never);
  return { state: () => store.getState().state, store: store.getState(), answers, imported, kept };
}

it('imports exactly what was planned', async () => {
  const { state, store, imported } = opened();
  await store.choose(zip);
  expect(state()).toMatchObject({ phase: 'planned', plan: { uploadId: 'u1', state: 1 } });

  await store.start();

  expect(imported).toEqual([{ uploadId: 'u1', state: 1 }]);
  expect(state()).toEqual({ phase: 'done', imported: 3 });
});

it('shows what an import would do now when mails were changed since, and imports nothing meanwhile', async () => {
  const { state, store, answers, imported } = opened();
  await store.choose(zip);
  answers.importError = new AppError('changed-meanwhile', 'Changed.');
  answers.state = 2;

  await store.start();
  expect(state()).toMatchObject({ phase: 'planned', isNew: true, plan: { state: 2 } });

  answers.importError = null;
  await store.start();
  expect(imported.at(-1)).toEqual({ uploadId: 'u1', state: 2 });
});

it('leaves nothing on the server: neither what cannot be read, nor what another file took the place of, nor what was left', async () => {
  const { state, store, answers, kept } = opened();
  answers.planError = new AppError('file-not-readable', 'No archive.');
  await store.choose(zip);
  expect(state()).toMatchObject({ phase: 'choosing', error: { code: 'file-not-readable' } });
  expect(kept.size).toBe(0);

  answers.planError = null;
  await store.choose(zip);
  await store.choose(zip);
  expect([...kept]).toEqual(['u3']);
  store.leave();
  expect(kept.size).toBe(0);
});
