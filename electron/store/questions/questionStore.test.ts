import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../../shared/lib/secret.ts';
import type { Call } from '../../runtime/call.ts';
import { createSecretHashes } from '../../services/hashes/secretHashes.ts';
import { createTestSealer } from '../../services/pins/testing.ts';
import { comparableAnswer, createQuestionService } from '../../services/questions/questionService.ts';
import { createRandom, createTestStore, inventUser, type TestStore } from '../users/testing.ts';
import { createQuestionRepository } from './questionRepository.ts';

const user = { id: 1 };
const call: Call = {
  caller: { id: '', account: 'admin', access: new Set() },
  signal: new AbortController().signal,
  ref: '',
  note: () => {},
};

let store: TestStore;
beforeEach(() => {
  store = createTestStore();
  store.database.exec('PRAGMA foreign_keys=ON');
  store.write([inventUser(1, createRandom(1))]);
});
afterEach(() => store.close());

const hashes = createSecretHashes(async () => createTestSealer());
function open() {
  return createQuestionService({
    store: createQuestionRepository(store.database),
    hashAnswer: (answer) => hashes.hash('answer', answer, 'now'),
    findUser: async (ref) => ('id' in ref && ref.id === 1 ? { id: 1, username: 'anna' } : null),
    now: () => 5_000,
    changed: () => {},
    usersChanged: () => {},
  });
}
const idsOf = async (language: string) => (await open().list({ language }, call)).questions.map(({ id }) => id);

describe('the catalogue', () => {
  it('begins with six questions in each of four languages', async () => {
    const { questions } = await open().list({}, call);

    for (const code of ['en', 'de', 'fr', 'es']) {
      expect(
        questions.filter(({ language }) => language === code),
        code,
      ).toHaveLength(6);
    }
    expect(questions).toHaveLength(24);
  });

  it('takes new ones at its end, and none twice', async () => {
    const { id } = await open().add({ language: 'en', text: '  What did you call your first bicycle? ' }, call);

    expect((await open().list({ language: 'en' }, call)).questions.at(-1)).toEqual({
      ...{ id, language: 'en', text: 'What did you call your first bicycle?', answers: 0 },
    });
    await expect(open().add({ language: 'en', text: 'what did you CALL your first bicycle?' }, call)).rejects.toMatchObject({
      code: 'conflict',
    });
    await open().add({ language: 'de', text: 'What did you call your first bicycle?' }, call);
  });

  it.each(['', '  ', 'x'.repeat(201), 'two\nlines'])('takes no question like %j', async (text) => {
    await expect(open().add({ language: 'en', text }, call)).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('moves a question past the next one of its language', async () => {
    const [first, second, third] = await idsOf('de');

    await open().move({ id: first!, direction: 'up' }, call);
    await open().move({ id: third!, direction: 'up' }, call);

    expect((await idsOf('de')).slice(0, 3)).toEqual([first, third, second]);
    expect(await idsOf('en')).toHaveLength(6);
  });

  it('changes a question, and says when it is gone', async () => {
    const [id] = await idsOf('en');
    await open().edit({ id: id!, language: 'en', text: 'Changed?' }, call);

    expect((await open().list({ language: 'en' }, call)).questions[0]).toMatchObject({ id, text: 'Changed?' });
    await expect(open().edit({ id: 999, language: 'en', text: 'Else?' }, call)).rejects.toMatchObject({ code: 'not-found' });
    await expect(open().remove({ id: 999 }, call)).rejects.toMatchObject({ code: 'not-found' });
    await expect(open().move({ id: 999, direction: 'up' }, call)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('answers', () => {
  const records = () => store.database.prepare('SELECT question_id, record FROM user_answers ORDER BY question_id').all();
  const revision = () => store.database.prepare('SELECT revision FROM users WHERE id = 1').get()?.['revision'];

  it('are kept as hashes that match whatever the letter case, accents and blanks', async () => {
    const [id] = await idsOf('en');
    await open().setAnswers({ user, answers: [{ questionId: id!, answer: ' Señor  Bär ' }] }, call);

    expect(JSON.stringify(records())).not.toMatch(/b[äa]r/i);
    expect(revision()).toBe(2);
    const record = String(records()[0]?.['record']);
    expect(await hashes.matches('answer', new Secret(comparableAnswer('senor bar')), record, 'now')).toBe(true);
    expect(await hashes.matches('answer', new Secret(comparableAnswer('senor bars')), record, 'now')).toBe(false);
    expect((await open().list({}, call)).questions[0]).toMatchObject({ answers: 1 });
  });

  it('are four at most, and each question is answered once', async () => {
    const ids = await idsOf('en');
    const answers = ids.slice(0, 4).map((questionId) => ({ questionId, answer: 'x' }));
    await open().setAnswers({ user, answers }, call);

    const fifth = open().setAnswers({ user, answers: [{ questionId: ids[4]!, answer: 'x' }] }, call);
    await expect(fifth).rejects.toMatchObject({ code: 'invalid-input' });
    const twice = open().setAnswers({ user, answers: [answers[0]!, answers[0]!] }, call);
    await expect(twice).rejects.toMatchObject({ code: 'invalid-input' });
    await open().setAnswers({ user, answers: [{ questionId: ids[0]!, answer: 'y' }] }, call);
    expect(records()).toHaveLength(4);
  });

  it('can be cleared, one or all, and go with their question', async () => {
    const ids = await idsOf('en');
    await open().setAnswers({ user, answers: ids.slice(0, 3).map((questionId) => ({ questionId, answer: 'x' })) }, call);

    expect(await open().clearAnswers({ user, questionIds: [ids[0]!] }, call)).toEqual({ removed: 1 });
    expect(await open().remove({ id: ids[1]! }, call)).toEqual({ answersRemoved: 1 });
    expect(await open().clearAnswers({ user }, call)).toEqual({ removed: 1 });
    expect(records()).toEqual([]);
  });

  it('are not taken when empty, nor from nobody, nor for nothing', async () => {
    const [id] = await idsOf('en');

    await expect(open().setAnswers({ user, answers: [{ questionId: id!, answer: ' ' }] }, call)).rejects.toMatchObject({
      code: 'invalid-input',
    });
    await expect(open().setAnswers({ user, answers: [{ questionId: 999, answer: 'x' }] }, call)).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(open().setAnswers({ user: { id: 2 }, answers: [{ questionId: id!, answer: 'x' }] }, call)).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
