import { expect, it } from 'vitest';
import { AppError } from '../../../../shared/contract/errors.ts';
import { createExportMailsStore } from './exportMails.store.ts';

/** A server whose archive has two parts. */
function opened({ isLost = false } = {}) {
  const saved: [string, string, number[]][] = [];
  const discarded: string[] = [];
  const store = createExportMailsStore(
    {
      mailTemplates: {
        exportAll: async () => ({ exportId: 'e', bytes: 3, templates: 104, missing: ['de/test-mail/a.pdf'] }),
        async exportPart({ offset }: { offset?: number }) {
          if (offset === 2 && isLost) throw new AppError('not-found', 'Gone.');
          return offset === 0 ? { base64: btoa('PK'), next: 2 } : { base64: btoa('!'), next: null };
        },
        discardExport: async ({ exportId }: { exportId: string }) => (discarded.push(exportId), null),
      },
    } as never,
    {
      saveFile: (name, type, parts) => void saved.push([name, type, parts.flatMap((part) => [...part])]),
      now: () => new Date('2026-11-27T10:00:00Z'),
    },
  );
  return { store, saved, discarded };
}

it('saves the whole archive, says what is not in it, and leaves nothing on the server', async () => {
  const { store, saved, discarded } = opened();
  await store.getState().run();

  expect(saved).toEqual([['mails-2026-11-27.zip', 'application/zip', [0x50, 0x4b, 0x21]]]);
  expect(store.getState().state).toEqual({ phase: 'done', file: 'mails-2026-11-27.zip', templates: 104, missing: ['de/test-mail/a.pdf'] });
  expect(discarded).toEqual(['e']);
});

it('saves nothing when a part is lost, and says why', async () => {
  const { store, saved, discarded } = opened({ isLost: true });
  await store.getState().run();

  expect(saved).toEqual([]);
  expect(store.getState().state).toMatchObject({ phase: 'failed', error: { code: 'not-found' } });
  expect(discarded).toEqual(['e']);
});
