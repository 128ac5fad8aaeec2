import type { Implementation } from '../../../shared/contract/define.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import {
  answersOfUser,
  questionTextLimit,
  type questionsContract,
  type SecurityQuestion,
} from '../../../shared/contract/questions.contract.ts';
import type { UserRef } from '../../../shared/contract/userRef.ts';
import { fold } from '../../../shared/lib/fold.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import type { Call } from '../../runtime/call.ts';

export interface AnswerRecord {
  readonly questionId: number;
  /** Salted scrypt with its parameters. */
  readonly record: string;
}

export interface QuestionStore {
  list(language?: string): SecurityQuestion[];
  /** Null when there is the same question in this language. */
  add(question: { language: string; text: string }): Promise<number | null>;
  edit(id: number, question: { language: string; text: string }): Promise<'done' | 'same' | 'not-found'>;
  /** Null when there is no such question, else how many answers went with it. */
  remove(id: number, now: number): Promise<number | null>;
  /** False when there is no such question. At the end of its language nothing moves. */
  move(id: number, direction: 'up' | 'down'): Promise<boolean>;
  /** Nothing is written unless all questions and the user exist and he ends with at most `most` answers. */
  setAnswers(
    userId: number,
    answers: readonly AnswerRecord[],
    limit: { most: number },
    now: number,
  ): Promise<'done' | 'too-many' | 'not-found'>;
  clearAnswers(userId: number, questionIds: readonly number[] | null, now: number): Promise<number>;
}

export interface QuestionPorts {
  readonly store: QuestionStore;
  /** A part of services/hashes. */
  hashAnswer(answer: Secret): Promise<string>;
  findUser(user: UserRef, signal: AbortSignal): Promise<{ readonly id: number; readonly username: string } | null>;
  now(): number;
  changed(): void;
  usersChanged(): void;
}

/** The form in which answers are hashed and compared: letter case, accents and blanks around and between words do not count. */
export function comparableAnswer(answer: string): string {
  return fold(answer).trim().replace(/\s+/gu, ' ');
}

export function createQuestionService(ports: QuestionPorts): Implementation<typeof questionsContract, Call> {
  const { store, now } = ports;
  const gone = (id: number) => new AppError('not-found', 'There is no such security question.', { details: { question: id } });
  const same = () => new AppError('conflict', 'This question is in the list already.');

  async function find(user: UserRef, { signal }: Call) {
    const found = await ports.findUser(user, signal);
    if (found) return found;
    const name = 'username' in user ? user.username : String(user.id);
    throw new AppError('not-found', `There is no user ${name}.`, { details: { user: name } });
  }

  return {
    async list({ language }) {
      return { questions: store.list(language) };
    },
    async add({ language, text }) {
      const id = await store.add({ language, text: checkText(text) });
      if (id === null) throw same();
      ports.changed();
      return { id };
    },
    async edit({ id, language, text }) {
      const result = await store.edit(id, { language, text: checkText(text) });
      if (result === 'not-found') throw gone(id);
      if (result === 'same') throw same();
      ports.changed();
      return null;
    },
    async remove({ id }, call) {
      const answersRemoved = await store.remove(id, now());
      if (answersRemoved === null) throw gone(id);
      call.note({ answersRemoved });
      ports.changed();
      if (answersRemoved > 0) ports.usersChanged();
      return { answersRemoved };
    },
    async move({ id, direction }) {
      if (!(await store.move(id, direction))) throw gone(id);
      ports.changed();
      return null;
    },
    async setAnswers({ user, answers }, call) {
      const { id, username } = await find(user, call);
      call.note({ username });
      const comparable = answers.map(({ questionId, answer }) => ({ questionId, answer: comparableAnswer(answer) }));
      if (comparable.some(({ answer }) => answer === '')) throw invalid('answers', 'An answer is empty.');
      if (new Set(answers.map(({ questionId }) => questionId)).size < answers.length)
        throw invalid('answers', 'A question is answered twice.');
      const records = await Promise.all(
        comparable.map(async ({ questionId, answer }) => ({ questionId, record: await ports.hashAnswer(new Secret(answer)) })),
      );
      const result = await store.setAnswers(id, records, { most: answersOfUser }, now());
      if (result === 'too-many') throw invalid('answers', `A user answers at most ${answersOfUser} questions. Clear another answer first.`);
      if (result === 'not-found') throw new AppError('not-found', 'The user or one of the questions no longer exists.');
      ports.changed();
      ports.usersChanged();
      return null;
    },
    async clearAnswers({ user, questionIds }, call) {
      const { id, username } = await find(user, call);
      const removed = await store.clearAnswers(id, questionIds ?? null, now());
      call.note({ username, removed });
      ports.changed();
      ports.usersChanged();
      return { removed };
    },
  };
}

const invalid = (field: string, problem: string) => new AppError('invalid-input', problem, { details: { field, problem } });

/** One line that says something. Throws `invalid-input`. */
function checkText(typed: string): string {
  const text = typed.trim();
  if (text === '') throw invalid('text', 'The question is empty.');
  if (text.length > questionTextLimit)
    throw invalid('text', `The question has ${text.length} characters. At most ${questionTextLimit} are possible.`);
  if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text)) throw invalid('text', 'The question contains a control character.');
  return text;
}
