import { expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import type { TemplateRow } from '../../../shared/contract/mailTemplates.contract.ts';
import { createMailMatrixStore, languagesIn } from './mailMatrix.store.ts';

/** A server whose previews are answered when the test says so. */
function opened() {
  const asked: { readonly input: object; answer(): void; fail(): void }[] = [];
  let changed = () => {};
  const store = createMailMatrixStore(
    {
      email: {
        preview: (input: object) =>
          new Promise((resolve, reject) =>
            asked.push({ input, answer: () => resolve(input), fail: () => reject(new AppError('not-found', 'Gone.')) }),
          ),
      },
      mailTemplates: {
        list: async () => ({ templates: [] }),
        onChanged: (listener: () => void) => ((changed = listener), () => (changed = () => {})),
      },
    } as never,
    { language: 'en', look: 'desktop' },
  );
  const stop = store.getState().follow();
  return { state: () => store.getState(), asked, stop, tell: () => changed() };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

it('asks for each mail once, however often it comes into view', async () => {
  const { state, asked } = opened();
  void state().show('a');
  void state().show('a');
  asked[0]!.answer();
  await settled();
  void state().show('a');

  expect(asked.map(({ input }) => input)).toEqual([{ template: 'a', language: 'en' }]);
  expect(state().mails.get('a')).toMatchObject({ mail: { template: 'a' } });
});

it('shows nothing of another language, and says of one mail alone that it cannot be shown', async () => {
  const { state, asked } = opened();
  void state().show('a');
  state().setLanguage('de');
  asked[0]!.answer();
  await settled();
  expect(state().mails.size).toBe(0);

  void state().show('a');
  void state().show('b');
  asked[1]!.fail();
  asked[2]!.answer();
  await settled();
  expect(asked[2]!.input).toEqual({ template: 'b', language: 'de' });
  expect(state().mails.get('a')).toMatchObject({ error: { code: 'not-found' } });
  expect(state().mails.get('b')).toMatchObject({ mail: { language: 'de' } });
});

it('asks again after a change, until it is left', async () => {
  const { state, asked, tell, stop } = opened();
  void state().show('a');
  tell();
  void state().show('a');
  expect(asked).toHaveLength(2);

  stop();
  asked[1]!.answer();
  await settled();
  expect(state().mails.size).toBe(0);
});

it('offers all languages in which any mail is written', () => {
  const written = (...languages: string[]) => ({ languages: languages.map((language) => ({ language })) }) as TemplateRow;
  expect(languagesIn([written('en', 'fr'), written('de')])).toEqual(['de', 'en', 'fr']);
});
