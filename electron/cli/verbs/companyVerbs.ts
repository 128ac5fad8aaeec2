import type { SavedCompany } from '../../../shared/contract/company.contract.ts';
import type { CompanySettings } from '../../../shared/contract/companySettings.ts';
import { leavesOf, withLeaf, type Leaf } from '../../../shared/company/settingPaths.ts';
import { messagesOf, promptsOf, textLanguages, type TextGroup } from '../../../shared/texts/companyTexts.ts';
import { shippedLanguages } from '../../../shared/texts/defaultTexts.ts';
import { languagePattern } from '../../../shared/texts/languageCode.ts';
import { messageKinds, promptKinds } from '../../../shared/texts/messageKinds.ts';
import { companyKeys, findCompanyKey } from '../companyKeys.ts';
import { formatTable } from '../table.ts';
import { text } from '../text.ts';
import { UsageError, type ConsoleClient, type Verb } from '../verb.ts';

const shown = (value: Leaf | undefined) => (typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value ?? ''));

function settingsTable(settings: CompanySettings, keys = companyKeys): string {
  const leaves = leavesOf(settings);
  return formatTable(
    ['Key', 'Value'],
    keys.map(({ key }) => [key, shown(leaves.get(key))]),
  );
}

/** Reads, changes and saves. Whoever saves in between is not overwritten: then this fails with `changed-meanwhile`. */
async function change(client: ConsoleClient, work: (settings: CompanySettings) => CompanySettings): Promise<SavedCompany> {
  const { settings, revision } = await client.company.get(null);
  return client.company.save({ settings: work(settings), revision });
}

const companyShow: Verb = {
  name: 'company show',
  usage: '[KEY]',
  summary: 'Shows Company Settings, or one of them.',
  example: 'mfactl company show pinRules.minLength',
  options: {},
  positionals: { min: 0, max: 1 },
  async run({ client, positionals: [name] }) {
    const saved = await client.company.get(null);
    if (name !== undefined) {
      const { key } = findCompanyKey(name);
      const value = leavesOf(saved.settings).get(key);
      return { json: value, text: shown(value) };
    }
    return { json: saved, text: `${settingsTable(saved.settings)}\n\n${text.companySaved(saved)}` };
  },
};

const companySet: Verb = {
  name: 'company set',
  usage: 'KEY VALUE',
  summary: 'Changes one of Company Settings.',
  details: `Keys and their values:\n${companyKeys.map(({ key, allowed }) => `  ${key.padEnd(30)} ${allowed}`).join('\n')}`,
  example: 'mfactl company set pinRules.minLength 6',
  options: {},
  positionals: { min: 2, max: 2 },
  async run({ client, positionals: [name = '', value = ''] }) {
    const { key, read } = findCompanyKey(name);
    const saved = await change(client, (settings) => withLeaf(settings, key, read(value)));
    return {
      json: saved,
      text: settingsTable(
        saved.settings,
        companyKeys.filter((known) => known.key === key),
      ),
    };
  },
};

function groupOf(kind: string): TextGroup {
  if (messageKinds.some((known) => known === kind)) return 'textMessage';
  if (promptKinds.some((known) => known === kind)) return 'oathToken';
  throw new UsageError(`There is no text "${kind}". Texts: ${[...messageKinds, ...promptKinds].join(', ')}.`);
}

function languageOf(name: string): string {
  if (languagePattern.test(name)) return name;
  throw new UsageError(`"${name}" is not a language code such as en or pt-BR.`);
}

const companyTexts: Verb = {
  name: 'company texts',
  usage: '[LANGUAGE]',
  summary: 'Shows what text messages and OATH prompts say, in all languages or in one.',
  example: 'mfactl company texts de',
  options: {},
  positionals: { min: 0, max: 1 },
  async run({ client, positionals: [asked] }) {
    const { texts } = (await client.company.get(null)).settings;
    const languages =
      asked === undefined
        ? [...new Set([...textLanguages(texts, 'textMessage'), ...textLanguages(texts, 'oathToken')])]
        : [languageOf(asked)];
    const found = languages.map((language) => ({
      language,
      textMessage: messagesOf(texts, language),
      oathToken: promptsOf(texts, language),
    }));
    const blocks = found.map(({ language, textMessage, oathToken }) =>
      [
        language,
        ...Object.entries({ ...textMessage, ...oathToken }).map(([kind, said]) => `  ${kind.padEnd(16)} ${said.replaceAll('\n', ' / ')}`),
      ].join('\n'),
    );
    return { json: found, text: blocks.join('\n\n') };
  },
};

const companyTextsSet: Verb = {
  name: 'company texts set',
  usage: 'LANGUAGE KIND TEXT',
  summary: 'Changes one text; the first text of a new language adds that language.',
  details: `Kinds: ${[...messageKinds, ...promptKinds].join(', ')}.\nText messages must contain <$otp$>; all may contain <$application_name$>.`,
  example: `mfactl company texts set de one-way-otp 'Ihr Code: <$otp$>'`,
  options: {},
  positionals: { min: 3, max: 3 },
  async run({ client, positionals: [language = '', kind = '', written = ''] }) {
    const path = `texts.${groupOf(kind)}.${languageOf(language)}.${kind}`;
    const saved = await change(client, (settings) => withLeaf(settings, path, written));
    return { json: saved, text: text.companySaved(saved) };
  },
};

const companyTextsReset: Verb = {
  name: 'company texts reset',
  usage: 'LANGUAGE [KIND]',
  summary: 'Takes own texts away: the shipped ones hold again. A language that was added goes with its last text.',
  example: 'mfactl company texts reset de one-way-otp',
  options: {},
  positionals: { min: 1, max: 2 },
  async run({ client, positionals: [name = '', kind] }) {
    const language = languageOf(name);
    const kinds = kind === undefined ? [...messageKinds, ...promptKinds] : [kind];
    const paths = kinds.map((one) => `texts.${groupOf(one)}.${language}.${one}`);
    const saved = await change(client, (settings) => {
      const written = leavesOf(settings);
      const own = paths.filter((path) => written.has(path));
      if (own.length === 0) throw new UsageError(text.noOwnTexts(language, shippedLanguages.includes(language)));
      return own.reduce((next, path) => withLeaf(next, path, undefined), settings);
    });
    return { json: saved, text: text.companySaved(saved) };
  },
};

export const companyVerbs: readonly Verb[] = [companyShow, companySet, companyTexts, companyTextsSet, companyTextsReset];
