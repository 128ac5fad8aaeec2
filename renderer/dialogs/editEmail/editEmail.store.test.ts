import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import type { TemplateDetail, TemplateDraft } from '../../../shared/contract/mailTemplates.contract.ts';
import { contentOf } from '../../../shared/email/templateContent.ts';
import { createEditEmailStore, isChanged } from './editEmail.store.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const ref = { template: 'call-pin-new-user', language: 'en' };

/** A server with one mail, which others can change too. */
async function opened() {
  const server = { subject: 'Welcome', revision: 0, previews: [] as TemplateDraft[], discarded: [] as string[], uploads: 0 };
  let changed = () => {};
  const detail = () =>
    ({
      ...ref,
      ...{ title: 'Phone Call - PIN - New User', origin: 'default', revision: server.revision, changedBy: 'bob' },
      ...{ content: { ...contentOf({ subject: server.subject, body: 'Hello' }), attachments: [] }, problems: [], variables: [] },
    }) as unknown as TemplateDetail;
  const store = createEditEmailStore(
    {
      email: { preview: async ({ draft }: { draft: TemplateDraft }) => (server.previews.push(draft), { subject: draft.subject }) },
      mailTemplates: {
        get: async () => detail(),
        check: async () => ({ problems: [] }),
        history: async () => ({ versions: [], total: 0 }),
        async save({ base, content }: { base: number; content: TemplateDraft }) {
          if (base !== server.revision) throw new AppError('changed-meanwhile', 'Changed by bob.');
          server.subject = content.subject;
          server.revision += 1;
          return detail();
        },
        onChanged: (listener: () => void) => ((changed = listener), () => (changed = () => {})),
      },
      csv: {
        beginUpload: async () => ({ uploadId: `u${(server.uploads += 1)}` }),
        appendUpload: async () => ({}),
        discardUpload: async ({ uploadId }: { uploadId: string }) => (server.discarded.push(uploadId), null),
      },
    } as never,
    ref,
  );
  store.getState().follow();
  await vi.runAllTimersAsync();
  server.previews.length = 0;
  return { server, state: () => store.getState(), tell: () => changed() };
}

it('asks for one preview of what was typed quickly, and saves nothing by that', async () => {
  const { server, state } = await opened();
  state().change({ subject: 'W' });
  state().change({ subject: 'We' });
  state().change({ subject: 'Well' });
  await vi.runAllTimersAsync();

  expect(server.previews.map(({ subject }) => subject)).toEqual(['Well']);
  expect(state().mail?.subject).toBe('Well');
  expect(server.revision).toBe(0);
  expect(isChanged(state())).toBe(true);
});

it('shows the mail again and again to somebody who types without a pause', async () => {
  const { server, state } = await opened();
  for (let letters = 1; letters <= 40; letters += 1) {
    state().change({ subject: 'x'.repeat(letters) });
    await vi.advanceTimersByTimeAsync(50);
  }

  expect(server.previews.length).toBeGreaterThanOrEqual(3);
  expect(server.previews.length).toBeLessThanOrEqual(5);
});

it('applies what was written, once, and then has nothing unsaved', async () => {
  const { server, state } = await opened();
  state().change({ subject: 'Mine' });
  await Promise.all([state().apply(), state().apply()]);
  await vi.runAllTimersAsync();

  expect(server).toMatchObject({ subject: 'Mine', revision: 1 });
  expect(state()).toMatchObject({ done: 'saved', phase: 'editing' });
  expect(isChanged(state())).toBe(false);
});

it('loses nothing when somebody else saves meanwhile: neither text goes before it is decided', async () => {
  const { server, state, tell } = await opened();
  state().change({ subject: 'Mine' });
  [server.subject, server.revision] = ['Theirs', 1];
  tell();
  await vi.runAllTimersAsync();
  expect(state()).toMatchObject({ theirs: { content: { subject: 'Theirs' } }, form: { subject: 'Mine' } });

  await state().apply();
  expect(server.subject).toBe('Theirs');

  state().keepMine();
  await state().apply();
  expect(server).toMatchObject({ subject: 'Mine', revision: 2 });
});

it('follows what somebody else saved while nothing is written here', async () => {
  const { server, state, tell } = await opened();
  [server.subject, server.revision] = ['Theirs', 1];
  tell();
  await vi.runAllTimersAsync();

  expect(state()).toMatchObject({ form: { subject: 'Theirs' }, theirs: null });
});

it('refuses a file that is too large before it is sent, and takes one back that was added here', async () => {
  const { server, state } = await opened();
  const large = new File(['x'], 'large.pdf');
  Object.defineProperty(large, 'size', { value: 11 * 1024 * 1024 });
  await state().addFile(large);
  expect(state().uploadProblem).toContain('large.pdf');
  expect(server.uploads).toBe(0);

  await state().addFile(new File(['text'], 'guide.pdf'));
  expect(state().form?.attachments).toMatchObject([{ name: 'guide.pdf', uploadId: 'u1', bytes: 4 }]);
  state().removeAttachment(0);
  expect(server.discarded).toEqual(['u1']);
  expect(isChanged(state())).toBe(false);
});
