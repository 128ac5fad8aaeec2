import { expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import type { MailProblem } from '../../../shared/contract/mailProblem.ts';
import { createCheckEmailsStore } from './checkEmails.store.ts';

const problem = (text: string, severity: MailProblem['severity']): MailProblem => ({
  ...{ where: 'call-pin-new-user', language: 'en', field: 'body', line: 1, column: 1, at: 0, length: 0 },
  ...{ text, severity },
});

/** A server whose answers come when the test says so. */
function opened() {
  const asked: { answer(problems: MailProblem[]): void; fail(): void }[] = [];
  let changed = () => {};
  const store = createCheckEmailsStore({
    email: {
      lint: () =>
        new Promise((resolve, reject) =>
          asked.push({ answer: (problems) => resolve({ problems }), fail: () => reject(new AppError('internal', 'No.')) }),
        ),
    },
    mailTemplates: { onChanged: (listener) => ((changed = () => listener({})), () => (changed = () => {})) },
  });
  const stop = store.getState().follow();
  return { state: () => store.getState(), asked, stop, tell: () => changed() };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

it('puts errors before warnings and keeps the order of the mails otherwise', async () => {
  const { state, asked } = opened();
  asked[0]!.answer([problem('a', 'warning'), problem('b', 'error'), problem('c', 'warning'), problem('d', 'error')]);
  await settled();

  expect(state().problems?.map(({ text }) => text)).toEqual(['b', 'd', 'a', 'c']);
  expect(state().isChecking).toBe(false);
});

it('checks again when a mail was changed, and shows the newest answer whichever comes last', async () => {
  const { state, asked, tell, stop } = opened();
  tell();
  asked[1]!.answer([]);
  await settled();
  asked[0]!.answer([problem('old', 'error')]);
  await settled();
  expect(state().problems).toEqual([]);

  stop();
  tell();
  expect(asked).toHaveLength(2);
});

it('keeps what was found when the next check fails, and says so', async () => {
  const { state, asked } = opened();
  asked[0]!.answer([problem('a', 'error')]);
  await settled();
  void state().check();
  asked[1]!.fail();
  await settled();

  expect(state()).toMatchObject({ isChecking: false, error: { code: 'internal' } });
  expect(state().problems).toHaveLength(1);
});
