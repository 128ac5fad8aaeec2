import { z } from 'zod';
import { secretText } from './common.ts';
import { command, event, query } from './define.ts';
import { userRef } from './userRef.ts';

/** A user answers as many at most (reference §2.7). */
export const answersOfUser = 4;
export const questionTextLimit = 200;

export const securityQuestion = z.object({
  id: z.number().int(),
  /** Short code such as `en`. */
  language: z.string(),
  text: z.string(),
  /** How many users have answered it. */
  answers: z.number().int(),
});
export type SecurityQuestion = z.infer<typeof securityQuestion>;

const language = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
  .max(16);
const typed = z.string().max(8192);

/** Security questions: the catalogue, and what users answered (reference §2.7). Answers are hashed and never shown. */
export const questionsContract = {
  /** In the order in which they are offered. */
  list: query('read', z.object({ language: language.optional() }), z.object({ questions: z.array(securityQuestion) })),
  /** At the end of the list. `conflict` when there is the same question in this language. */
  add: command('manage', z.object({ language, text: typed }), z.object({ id: z.number().int() })),
  /** Answers stay, so the meaning should. */
  edit: command('manage', z.object({ id: z.number().int(), language, text: typed }), z.null()),
  /** With all answers to it. Answers how many users lost one. */
  remove: command('manage', z.object({ id: z.number().int() }), z.object({ answersRemoved: z.number().int() })),
  /** Past the next question of the same language. */
  move: command('manage', z.object({ id: z.number().int(), direction: z.enum(['up', 'down']) }), z.null()),
  /** Sets or replaces a user's answers to these questions; others stay. `invalid-input` when they would be more than four. */
  setAnswers: command(
    'manage',
    z.object({
      user: userRef,
      answers: z
        .array(z.object({ questionId: z.number().int(), answer: secretText }))
        .min(1)
        .max(answersOfUser),
    }),
    z.null(),
  ),
  /** Forgets a user's answers to these questions, or all. */
  clearAnswers: command(
    'manage',
    z.object({ user: userRef, questionIds: z.array(z.number().int()).max(100).optional() }),
    z.object({ removed: z.number().int() }),
  ),
  changed: event('read', z.null()),
};
