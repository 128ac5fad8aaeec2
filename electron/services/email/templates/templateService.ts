import type { Implementation } from '../../../../shared/contract/define.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { MailProblem } from '../../../../shared/contract/mailProblem.ts';
import type {
  mailTemplatesContract,
  TemplateDetail,
  TemplateLanguage,
  TemplateRef,
} from '../../../../shared/contract/mailTemplates.contract.ts';
import type { TemplateContent } from '../../../../shared/email/templateContent.ts';
import { findSource, languagesOf } from '../../../../shared/email/templateLibrary.ts';
import { allowedVariables, findTemplate, mailTemplates, type MailTemplate } from '../../../../shared/email/templates.ts';
import type { Call } from '../../../runtime/call.ts';
import { contentProblems } from '../mailProblems.ts';
import { createArchiveService, type ArchiveServicePorts } from './archiveService.ts';
import { keepAttachments, requireSize, sizedContent, type DraftPorts } from './draftAttachments.ts';
import { defaultOf } from './templateCatalogue.ts';
import type { NewVersion } from './templatePorts.ts';

export interface TemplateServicePorts extends DraftPorts, Omit<ArchiveServicePorts, 'uploads'> {}

/** Editing of mails: what holds, what is wrong with it, what it was, and what it is from now on. */
export function createTemplateService(ports: TemplateServicePorts): Implementation<typeof mailTemplatesContract, Call> {
  const { catalogue, store, files } = ports;

  const problemsOf = (ref: TemplateRef, content: TemplateContent): MailProblem[] => contentProblems(ref, content, files.isThere);

  function changeOf(ref: TemplateRef) {
    const last = catalogue.lastChange(ref);
    return { revision: last?.version ?? 0, changedAt: last?.at ?? null, changedBy: last?.by ?? '' };
  }

  function detailOf(ref: TemplateRef): TemplateDetail {
    const { id, title, audience } = existing(ref.template);
    const { language: contentLanguage, source } = findSource(catalogue.library(), id, ref.language);
    return {
      template: id,
      title,
      audience,
      language: ref.language,
      origin: catalogue.originOf(ref),
      ...changeOf(ref),
      content: mutable(source),
      contentLanguage,
      default: { language: defaultOf(catalogue, ref).language, content: mutable(defaultOf(catalogue, ref).content) },
      variables: [...allowedVariables(existing(id))],
      problems: problemsOf({ template: id, language: contentLanguage }, source),
    };
  }

  /** Refuses what must not be sent; what may not be as it was meant is the administrator's to decide. */
  function requireFit(ref: TemplateRef, content: TemplateContent): void {
    const errors = problemsOf(ref, content).filter(({ severity }) => severity === 'error');
    const [first] = errors;
    if (!first) return;
    const texts = errors.slice(0, 10).map(({ field, line, column, text }) => (line === 0 ? text : `${field} ${line}:${column}: ${text}`));
    throw new AppError('invalid-input', texts.join('\n'), { details: { field: `content.${first.field}`, problem: first.text } });
  }

  async function append(version: NewVersion, call: Call): Promise<TemplateDetail> {
    await store.append([version], call.caller.account, ports.now());
    call.note({ revision: version.base + 1 });
    ports.changed();
    return detailOf(version);
  }

  return {
    ...createArchiveService(ports),

    async list() {
      const library = catalogue.library();
      const languageOf = (template: string, language: string): TemplateLanguage => {
        const ref = { template, language };
        const problems = problemsOf(ref, findSource(library, template, language).source);
        const errors = problems.filter(({ severity }) => severity === 'error').length;
        return { language, origin: catalogue.originOf(ref)!, ...changeOf(ref), errors, warnings: problems.length - errors };
      };
      return {
        templates: mailTemplates.map(({ id, audience, title }) => ({
          id,
          audience,
          title,
          languages: languagesOf(library, id).map((language) => languageOf(id, language)),
        })),
      };
    },

    async get(ref) {
      return detailOf(ref);
    },

    async check({ draft, ...ref }) {
      existing(ref.template);
      return { problems: problemsOf(ref, sizedContent(ports, draft)) };
    },

    async save({ base, content: draft, ...ref }, call) {
      existing(ref.template);
      // Looked at before anything is copied: a file that is too large stays outside.
      const sized = sizedContent(ports, draft);
      requireSize(sized);
      requireFit(ref, sized);
      const content = await keepAttachments(ports, draft);
      return append({ ...ref, base, action: 'saved', restored: null, content }, call);
    },

    async reset({ base, ...ref }, call) {
      existing(ref.template);
      return append({ ...ref, base, action: 'reset', restored: null, content: null }, call);
    },

    async history({ offset, limit, ...ref }) {
      existing(ref.template);
      return store.history(ref, { offset, limit });
    },

    async version({ version, ...ref }) {
      const { content, ...found } = versionOf(ref, version);
      return { ...found, content: content && mutable(content) };
    },

    async restore({ base, version, ...ref }, call) {
      const { content } = versionOf(ref, version);
      if (content) requireFit(ref, content);
      return append({ ...ref, base, action: 'restored', restored: version, content }, call);
    },
  };

  function versionOf(ref: TemplateRef, version: number) {
    existing(ref.template);
    const found = store.version(ref, version);
    if (!found) throw new AppError('not-found', `There is no version ${version} of ${ref.template} in "${ref.language}".`);
    return found;
  }
}

function existing(id: string): MailTemplate {
  const template = findTemplate(id);
  if (!template) throw new AppError('not-found', `There is no template "${id}".`);
  return template;
}

/** The router hands answers on, and its types know no readonly lists. */
function mutable(content: TemplateContent): TemplateDetail['content'] {
  return { ...content, attachments: [...content.attachments] };
}
