import { findVerb } from '../commandLine.ts';
import { text } from '../text.ts';
import { UsageError, type Verb } from '../verb.ts';

export function createHelpVerb(verbs: () => readonly Verb[]): Verb {
  return {
    name: 'help',
    usage: '[VERB]',
    summary: 'Explains all verbs, or one of them.',
    example: 'mfactl help import',
    options: {},
    positionals: { min: 0, max: 3 },
    async run({ positionals }) {
      if (positionals.length === 0)
        return { json: verbs().map(({ name, usage, summary }) => ({ name, usage, summary })), text: text.help(verbs()) };
      const verb = findVerb(verbs(), positionals);
      const family = verbs().filter(({ name }) => name.startsWith(`${positionals.join(' ')} `));
      if (!verb && family.length > 0)
        return { json: family.map(({ name, usage, summary }) => ({ name, usage, summary })), text: text.help(family) };
      if (!verb) throw new UsageError(text.unknownVerb(positionals.join(' ')));
      return { json: { name: verb.name, usage: verb.usage, summary: verb.summary, example: verb.example }, text: text.helpOf(verb) };
    },
  };
}
