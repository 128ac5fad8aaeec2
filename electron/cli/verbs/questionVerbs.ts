import { formatTable } from '../table.ts';
import { formatNumber } from '../formatNumber.ts';
import { text } from '../text.ts';
import { textOption, UsageError, type Verb } from '../verb.ts';

const questionsList: Verb = {
  name: 'questions list',
  usage: '[--language CODE]',
  summary: 'Lists the security questions in the order in which they are offered.',
  example: 'mfactl questions list --language de',
  options: { language: { type: 'string' } },
  positionals: { min: 0, max: 0 },
  async run(call) {
    const answer = await call.client.questions.list({ language: textOption(call, 'language') });
    const rows = answer.questions.map(({ id, language, text: words, answers }) => [String(id), language, words, formatNumber(answers)]);
    return { json: answer, text: rows.length > 0 ? formatTable(['Id', 'Language', 'Question', 'Users'], rows) : text.nothingFound };
  },
};

const questionsAdd: Verb = {
  name: 'questions add',
  usage: 'TEXT --language CODE',
  summary: 'Adds a security question at the end of the list.',
  example: 'mfactl questions add Nickname? --language en',
  options: { language: { type: 'string' } },
  positionals: { min: 1, max: 1 },
  async run(call) {
    const language = textOption(call, 'language');
    if (language === undefined) throw new UsageError(text.usage(questionsAdd));
    const answer = await call.client.questions.add({ language, text: call.positionals[0] ?? '' });
    return { json: answer, text: text.questionAdded(answer.id) };
  },
};

const questionsRemove: Verb = {
  name: 'questions remove',
  usage: 'ID',
  summary: 'Removes a security question and all answers to it.',
  example: 'mfactl questions remove 7',
  options: {},
  positionals: { min: 1, max: 1 },
  async run({ client, positionals: [id = ''] }) {
    if (!/^\d{1,15}$/.test(id)) throw new UsageError(text.usage(questionsRemove));
    const answer = await client.questions.remove({ id: Number(id) });
    return { json: answer, text: text.questionRemoved(answer.answersRemoved) };
  },
};

export const questionVerbs: readonly Verb[] = [questionsList, questionsAdd, questionsRemove];
