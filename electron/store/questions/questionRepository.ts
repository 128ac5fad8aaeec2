import type { DatabaseSync } from 'node:sqlite';
import type { SecurityQuestion } from '../../../shared/contract/questions.contract.ts';
import { fold } from '../../../shared/lib/fold.ts';
import type { QuestionStore } from '../../services/questions/questionService.ts';
import { patientTransaction } from '../patientTransaction.ts';
import { refreshUsers } from '../users/refreshUsers.ts';

/** The catalogue and the answers in the users' file, on a connection that may write. */
export function createQuestionRepository(database: DatabaseSync): QuestionStore {
  const list = database.prepare(
    `SELECT q.id, q.language, q.text, (SELECT count(*) FROM user_answers a JOIN users u ON u.id = a.user_id WHERE a.question_id = q.id) AS answers
     FROM security_questions q WHERE :language = '' OR language = :language ORDER BY position, id`,
  );
  const insert = database.prepare(
    `INSERT INTO security_questions (position, language, text)
     SELECT coalesce(max(position) + 1, 0), ?, ? FROM security_questions RETURNING id`,
  );
  const update = database.prepare('UPDATE security_questions SET language = ?, text = ? WHERE id = ?');
  const remove = database.prepare('DELETE FROM security_questions WHERE id = ?');
  const answeredBy = database.prepare('SELECT user_id AS id FROM user_answers WHERE question_id = ?');
  const place = database.prepare('UPDATE security_questions SET position = ? WHERE id = ?');
  const user = database.prepare('SELECT 1 FROM users WHERE id = ?');
  const question = database.prepare('SELECT 1 FROM security_questions WHERE id = ?');
  const answersOf = database.prepare('SELECT question_id AS id FROM user_answers WHERE user_id = ?');
  const put = database.prepare('INSERT OR REPLACE INTO user_answers (user_id, question_id, record) VALUES (?, ?, ?)');
  const clear = database.prepare(
    'DELETE FROM user_answers WHERE user_id = ? AND (?2 IS NULL OR question_id IN (SELECT value FROM json_each(?2)))',
  );
  const idsOf = (rows: unknown[]) => (rows as { id: number }[]).map(({ id }) => id);
  const read = (language = '') => list.all({ language }) as unknown as SecurityQuestion[];
  const hasSame = (language: string, text: string, except: number) =>
    read(language).some((other) => other.id !== except && fold(other.text) === fold(text));

  return {
    list: read,
    add: ({ language, text }) =>
      patientTransaction(database, () => (hasSame(language, text, 0) ? null : Number(insert.get(language, text)?.['id']))),
    edit: (id, { language, text }) =>
      patientTransaction(database, () => {
        if (hasSame(language, text, id)) return 'same';
        return update.run(language, text, id).changes === 1 ? 'done' : 'not-found';
      }),
    remove: (id, now) =>
      patientTransaction(database, () => {
        const users = idsOf(answeredBy.all(id));
        if (remove.run(id).changes === 0) return null;
        // Their answers went with it: foreign keys are on.
        refreshUsers(database, users, now);
        return users.length;
      }),
    move: (id, direction) =>
      patientTransaction(database, () => {
        const all = read();
        const at = all.findIndex((other) => other.id === id);
        if (at < 0) return false;
        const step = direction === 'up' ? -1 : 1;
        let other = at + step;
        while (all[other] && all[other]!.language !== all[at]!.language) other += step;
        if (!all[other]) return true;
        const ids = all.map((one) => one.id);
        [ids[at], ids[other]] = [ids[other]!, ids[at]!];
        ids.forEach((one, position) => place.run(position, one));
        return true;
      }),
    setAnswers: (userId, answers, { most }, now) =>
      patientTransaction(database, () => {
        if (!user.get(userId) || answers.some(({ questionId }) => !question.get(questionId))) return 'not-found';
        const answered = new Set([...idsOf(answersOf.all(userId)), ...answers.map(({ questionId }) => questionId)]);
        if (answered.size > most) return 'too-many';
        for (const { questionId, record } of answers) put.run(userId, questionId, record);
        refreshUsers(database, [userId], now);
        return 'done';
      }),
    clearAnswers: (userId, questionIds, now) =>
      patientTransaction(database, () => {
        const removed = Number(clear.run(userId, questionIds && JSON.stringify(questionIds)).changes);
        if (removed > 0) refreshUsers(database, [userId], now);
        return removed;
      }),
  };
}
