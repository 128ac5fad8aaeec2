import { expect, it } from 'vitest';
import type { MailPreview } from '../../../../shared/contract/email.contract.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { createContentStore } from './content.store.ts';

interface Asked {
  readonly template?: string;
  readonly user?: { readonly id: number };
  readonly language?: string;
}

/** A server whose previews are answered when the test says so. */
function opened() {
  const asked: { readonly input: Asked; answer(): void; fail(): void }[] = [];
  let changed = () => {};
  let lists = 0;
  const client = {
    email: {
      preview: (input: Asked) =>
        new Promise<MailPreview>((resolve, reject) =>
          asked.push({
            input,
            answer: () => resolve({ template: input.template, language: input.language ?? 'en' } as MailPreview),
            fail: () => reject(new AppError('not-found', 'Gone.')),
          }),
        ),
      explain: async () => ({ template: 'call-pin-new-user', to: 'anna@corp.example', reason: 'can-sign-in-now' as const }),
    },
    mailTemplates: {
      list: async () => {
        lists += 1;
        return { templates: [] };
      },
      onChanged: (listener: () => void) => {
        changed = listener;
        return () => (changed = () => {});
      },
    },
  };
  const store = createContentStore(client as never);
  const stop = store.getState().follow();
  return { state: () => store.getState(), asked, stop, tell: () => changed(), lists: () => lists };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));
const anna = { id: 7, label: 'anna' };

it('shows the mail that was chosen last, whichever answer comes last', async () => {
  const { state, asked } = opened();
  state().choose('call-pin-new-user');
  state().choose('app-pin-new-user');

  asked[2]!.answer();
  await settled();
  asked[1]!.answer();
  await settled();

  expect(state().mail?.template).toBe('app-pin-new-user');
});

it('asks for the reader and the language that are chosen, and says which mail that reader would get', async () => {
  const { state, asked } = opened();
  state().setReader(anna);
  state().setLanguage('de');
  await settled();

  expect(asked.at(-1)!.input).toEqual({ template: 'call-standard-new-user', user: { id: 7 }, language: 'de' });
  expect(state().verdict?.template).toBe('call-pin-new-user');

  state().setReader(null);
  expect(state().verdict).toBeNull();
  expect(asked.at(-1)!.input).toEqual({ template: 'call-standard-new-user', language: 'de' });
});

it('keeps the mail on screen until the next one is there, and takes it away when that fails', async () => {
  const { state, asked } = opened();
  asked[0]!.answer();
  await settled();
  state().choose('call-pin-new-user');
  expect(state().mail?.template).toBe('call-standard-new-user');

  asked[1]!.fail();
  await settled();

  expect(state()).toMatchObject({ mail: null, mailError: { code: 'not-found' } });
});

it('reads again what another administrator changed, until it is left', async () => {
  const { asked, tell, stop, lists } = opened();
  tell();
  expect([asked.length, lists()]).toEqual([2, 2]);

  stop();
  tell();
  expect([asked.length, lists()]).toEqual([2, 2]);
});
