import type { CompanySettings } from '../../../shared/contract/companySettings.ts';
import type { Implementation } from '../../../shared/contract/define.ts';
import type { emailContract, EmailSettings } from '../../../shared/contract/email.contract.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { UserRef } from '../../../shared/contract/userRef.ts';
import type { UserDetail } from '../../../shared/contract/users.contract.ts';
import { addressOf, decideMail } from '../../../shared/email/decideMail.ts';
import { commonValues, userValues } from '../../../shared/email/mailValues.ts';
import { plainValue } from '../../../shared/email/blocks.ts';
import { parseMailbox, parseMailboxes, writtenMailbox as written } from '../../../shared/email/mailbox.ts';
import { renderMail } from '../../../shared/email/renderMail.ts';
import { samplePortalUrl, sampleValues } from '../../../shared/email/sampleValues.ts';
import { findSource, languagesOf, type TemplateLibrary } from '../../../shared/email/templateLibrary.ts';
import { findTemplate, mailTemplates } from '../../../shared/email/templates.ts';
import type { Call } from '../../runtime/call.ts';
import { attached } from './attached.ts';
import { bccInHeader } from './folderDelivery.ts';
import { contentProblems, languageProblems, settingsProblems } from './mailProblems.ts';
import type { ComposeMail } from './mailPorts.ts';
import { isNew, sizedContent, type DraftPorts } from './templates/draftAttachments.ts';

export interface EmailPorts extends DraftPorts {
  readonly templates: () => TemplateLibrary;
  readonly settings: () => EmailSettings;
  readonly company: () => CompanySettings;
  readonly compose: ComposeMail;
  findUser(key: UserRef): Promise<UserDetail | null>;
  readonly serverName: string;
}

/** A preview is the same whenever it is made. */
const preview = { messageId: '<preview@mfa.invalid>', date: Date.UTC(2026, 0, 5, 9, 0, 0) } as const;
/** Stands in until From is set; nothing is ever sent with it (RFC 2606 section 2). */
const noFrom = { name: 'From is not set', address: 'from-is-not-set@mfa.invalid' } as const;

/** Templates, what is wrong with them, and what a mail looks like. */
export function createEmailService(ports: EmailPorts): Pick<Implementation<typeof emailContract, Call>, 'lint' | 'preview' | 'explain'> {
  async function existing(user: UserRef): Promise<UserDetail> {
    const found = await ports.findUser(user);
    if (found) return found;
    throw new AppError('not-found', `There is no user ${'id' in user ? user.id : user.username}.`);
  }

  /** The language in which a user's method speaks to him, and the company's. */
  const languagesFor = ({ languages, method }: UserDetail) => [languages[method], ports.company().userDefaults.languages[method]];

  /** As if the user was added now, by an action that mails. */
  const decideFor = (user: UserDetail) =>
    decideMail({
      sendEmails: ports.settings().sendEmails,
      action: { sendEmail: true, scope: 'new-users' },
      before: null,
      after: user,
      mailedChange: false,
      canEnroll: ports.settings().portalUrl !== '',
    });

  return {
    async lint() {
      const library = ports.templates();
      const inTemplates = mailTemplates.flatMap(({ id }) =>
        languagesOf(library, id).flatMap((language) =>
          contentProblems({ template: id, language }, findSource(library, id, language).source, ports.files.isThere),
        ),
      );
      return {
        problems: [...settingsProblems(ports.settings()), ...languageProblems(library, ports.company().userDefaults), ...inTemplates],
      };
    },

    async preview({ template: asked, user: ref, language: askedLanguage, draft, withAttachments }) {
      const settings = ports.settings();
      const user = ref && (await existing(ref));
      const decided = user && asked === undefined ? decideFor(user).template : undefined;
      const template = findTemplate(asked ?? decided ?? (user ? '' : 'call-pin-new-user'));
      if (!template) {
        throw new AppError(
          'not-found',
          asked === undefined ? 'This user would get no mail. Name a template to see it all the same.' : `There is no template "${asked}".`,
        );
      }

      const { language, source } = draft
        ? { language: askedLanguage ?? 'en', source: sizedContent(ports, draft) }
        : findSource(ports.templates(), template.id, ...(askedLanguage ? [askedLanguage] : user ? languagesFor(user) : []));
      const values = {
        ...commonValues({ ...settings, portalUrl: settings.portalUrl || (user ? '' : samplePortalUrl) }, ports.serverName),
        ...(user ? userValues(user) : sampleValues),
        ...(user && { pin: user.pin.isInitial ? sampleValues.pin : '' }),
      };
      const rendered = renderMail(source, values, language);
      const from = parseMailbox(source.from || settings.from) ?? noFrom;
      const to = { name: values.name ?? '', address: (user ? addressOf(user) : sampleValues.email) || 'no-address@mfa.invalid' };
      const cc = parseMailboxes(source.cc);
      const eml = await ports.compose({
        ...rendered,
        // What cannot stand in a header is said among the problems; the rest is shown.
        subject: plainValue(rendered.subject),
        from,
        replyTo: parseMailbox(settings.replyTo),
        to,
        cc,
        bcc: bccInHeader(settings, source.bcc),
        attachments: withAttachments
          ? await attached(
              ports.files,
              source.attachments.filter((one) => !isNew(one)),
            )
          : [],
        language,
        ...preview,
      });
      return {
        template: template.id,
        title: template.title,
        language,
        from: written(from),
        to: written(to),
        cc: cc.map(written).join(', '),
        bcc: parseMailboxes(source.bcc).map(written).join(', '),
        subject: rendered.subject,
        text: rendered.text,
        html: rendered.html,
        attachments: source.attachments.map(({ name, bytes }) => ({ name, bytes })),
        eml: Buffer.from(eml).toString('latin1'),
        missing: [...rendered.missing],
        problems: [...settingsProblems(settings), ...contentProblems({ template: template.id, language }, source, ports.files.isThere)],
      };
    },

    async explain({ user: ref }) {
      const user = await existing(ref);
      return { ...decideFor(user), to: addressOf(user) };
    },
  };
}
