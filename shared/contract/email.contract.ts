import { z } from 'zod';
import { isWebAddress } from '../email/links.ts';
import { parseMailbox } from '../email/mailbox.ts';
import { controlCharacter } from '../lib/controlCharacter.ts';
import { languageCode } from '../texts/languageCode.ts';
import { instant, secretText } from './common.ts';
import { command, event, query } from './define.ts';
import { certificate, certificatePin } from './directory.contract.ts';
import { mailProblem } from './mailProblem.ts';
import { templateDraft } from './mailTemplates.contract.ts';
import { mailVerdict } from './sendEmail.ts';
import { userRef } from './userRef.ts';

/** `tls`: from the first byte (port 465); `starttls`: refused where the relay does not offer it. */
export const mailSecurities = ['none', 'starttls', 'tls'] as const;
/** How the relay is signed in to. `oauth2`: SASL XOAUTH2 with a token for the client itself (RFC 6749 section 4.4), as Exchange Online wants it. */
export const relayAuths = ['none', 'password', 'oauth2'] as const;
/** What happens to a mail that is due: it waits for an administrator, goes to the relay, or becomes a file. */
export const deliveryModes = ['hold', 'relay', 'pickup'] as const;

const mailbox = z
  .string()
  .trim()
  .max(320)
  .refine((text) => text === '' || parseMailbox(text) !== null, 'is not a mail address such as MFA <mfa@corp.example>');

const portalUrl = z
  .string()
  .trim()
  .max(1000)
  .refine((text) => text === '' || isWebAddress(text), 'is not an address such as https://mfa.corp.example/portal');

/** `most`: UTF-16 units. */
const oneLine = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine((text) => !controlCharacter.test(text), 'is more than one line');

const mostRecipients = 100_000_000;
const noOauth = { tokenUrl: '', clientId: '', scope: '' };

const relaySettings = z
  .object({
    /** Empty: none is configured. */
    host: oneLine(253),
    port: z.number().int().min(1).max(65535),
    security: z.enum(mailSecurities),
    /** Absent in what earlier versions saved: then the user decides. */
    auth: z.enum(relayAuths).optional(),
    /** Who signs in; with OAuth 2.0 the mailbox that sends. Empty: the relay is not signed in to. */
    user: oneLine(256),
    oauth: z
      .object({
        /** Where tokens are asked for; never without TLS. */
        tokenUrl: z
          .string()
          .trim()
          .max(1000)
          .refine(
            (text) => text === '' || (text.startsWith('https://') && isWebAddress(text)),
            'is not an address that begins with https://',
          ),
        clientId: z.string().trim().max(256),
        scope: z.string().trim().max(1000),
      })
      .default(noOauth),
    /** Extra certificate authorities, PEM, for the relay and the token endpoint. Empty: those of this computer only. */
    caPem: z.string().max(262_144),
    pins: z.array(certificatePin).max(4),
  })
  .transform((relay) => ({ ...relay, auth: relay.auth ?? (relay.user === '' ? ('none' as const) : ('password' as const)) }));

export const emailSettings = z.object({
  /** The master switch for all mails to users (reference §3.1). */
  sendEmails: z.boolean(),
  mode: z.enum(deliveryModes),
  relay: relaySettings,
  /** Folder of this server into which mails are written as `.eml`, in the mode `pickup`. */
  pickupFolder: oneLine(1000),
  from: mailbox,
  replyTo: mailbox,
  /** Who gets the mails to administrators. */
  administrators: z.array(mailbox.refine((text) => text !== '', 'is empty')).max(50),
  portalUrl,
  /** Shown above each mail and below it. */
  companyName: oneLine(100),
  /** Mails a second, over all connections; 0: as fast as the relay takes them. */
  ratePerSecond: z.number().min(0).max(1000),
  /** To the relay at once, at most: as long as more make nothing faster there are fewer. */
  connections: z.number().int().min(1).max(20),
  /** The same for the mails to each recipient domain; 0: no limit of its own. */
  domainRatePerSecond: z.number().min(0).max(1000).default(0),
  domainConnections: z.number().int().min(0).max(20).default(0),
  /** In any 24 hours, over all hosts of the data folder; To, Cc and Bcc of each mail count. 0: no limit. */
  recipientsPerDay: z.number().int().min(0).max(mostRecipients).default(0),
});
export type EmailSettings = z.infer<typeof emailSettings>;

/** Before anybody has saved something: nothing leaves, so that nobody mails 40,000 people by accident. */
export const defaultEmailSettings: EmailSettings = {
  sendEmails: true,
  mode: 'hold',
  relay: { host: '', port: 25, security: 'starttls', auth: 'none', user: '', oauth: noOauth, caPem: '', pins: [] },
  pickupFolder: '',
  from: '',
  replyTo: '',
  administrators: [],
  portalUrl: '',
  companyName: '',
  ratePerSecond: 10,
  connections: 2,
  domainRatePerSecond: 0,
  domainConnections: 0,
  recipientsPerDay: 0,
};

/**
 * Settings as typed, not yet saved. Without a password the stored one is used, if it is bound to the same relay and user; without a client
 * secret the stored one, if it is bound to the same token endpoint and client.
 */
const draft = z.object({ settings: emailSettings, password: secretText.optional(), clientSecret: secretText.optional() });
const stored = z.object({ passwordStored: z.boolean(), clientSecretStored: z.boolean() });

/** Whose save holds. */
export const savedBy = {
  /** Goes up with every save; 0 while nobody has saved anything. Belongs into `set`. */
  revision: z.number().int(),
  savedAt: instant.nullable(),
  /** Account that saved last; empty while nobody has. */
  savedBy: z.string(),
};
const savedEmail = z.object({ settings: emailSettings, ...savedBy });
export type SavedEmail = z.infer<typeof savedEmail>;

export const relaySteps = ['dns', 'tcp', 'greeting', 'tls', 'login', 'sender', 'mail'] as const;
export type RelayStepName = (typeof relaySteps)[number];

export const relayTestStep = z.object({
  step: z.enum(relaySteps),
  state: z.enum(['running', 'passed', 'warning', 'failed']),
  /** What was found, in words; on failure what it means. */
  text: z.string(),
  /** What to do about it. */
  advice: z.string().optional(),
  code: z.string().optional(),
  milliseconds: z.number(),
  certificate: certificate.optional(),
});
export type RelayTestStep = z.infer<typeof relayTestStep>;

/** How a relay may be reached. */
const relayWay = z.object({ port: z.number().int(), security: z.enum(mailSecurities) });
export type RelayWay = z.infer<typeof relayWay>;

const templateId = z.string().max(64);

export const mailPreview = z.object({
  template: z.string(),
  title: z.string(),
  language: z.string(),
  from: z.string(),
  to: z.string(),
  /** Empty where there is none. Bcc stands in no mail, but gets it. */
  cc: z.string(),
  bcc: z.string(),
  subject: z.string(),
  text: z.string(),
  /** Empty where the format is plain text. */
  html: z.string(),
  attachments: z.array(z.object({ name: z.string(), bytes: z.number().int() })),
  /** The whole mail as it would be sent, but for date and Message-ID; without attachments unless they were asked for. */
  eml: z.string(),
  /** Variables without a value for this reader; lines that need one were left out. */
  missing: z.array(z.string()),
  problems: z.array(mailProblem),
});

export type MailPreview = z.infer<typeof mailPreview>;

export const emailContract = {
  /**
   * What is configured. Never contains secrets; `passwordStored` says whether a password is kept for this relay and user, `clientSecretStored`
   * whether a client secret is for this token endpoint and client.
   */
  get: query('read', z.null(), savedEmail.extend(stored.shape)),
  /**
   * Saves the settings. A new password goes to the vault, bound to host, port, security and user; changing those without one forgets the old password. So does a client secret, bound to token endpoint and client id.
   * `revision` is the one that the change is based on; `changed-meanwhile` when it is not the current one any more.
   */
  set: command('manage', draft.extend({ revision: z.number().int() }), savedEmail.extend(stored.shape)),
  /**
   * Goes to the relay step by step, as a delivery would; with `to` it hands over a real mail at the end. Steps also arrive as events.
   * `findWays`: where no connection comes about, the usual ports are tried as well, and `ways` are those that answer; nobody signs in there.
   */
  test: command(
    'manage',
    draft.extend({ to: z.string().trim().max(254).optional(), runId: z.string().max(64), findWays: z.boolean().default(false) }),
    z.object({ passed: z.boolean(), steps: z.array(relayTestStep), ways: z.array(relayWay) }),
  ),
  tested: event('manage', z.object({ runId: z.string(), step: relayTestStep })),
  /** Looks for what would go wrong: settings that every mail needs, and places in the templates that cannot be filled in. */
  lint: query('read', z.null(), z.object({ problems: z.array(mailProblem) })),
  /**
   * A mail as it would be sent now, to a user or to an invented one. Without `template` it is the one that the user would get if he was added
   * now. With `draft` it is what the mail would be if that was saved; its problems are among the answer's, and what cannot be sent is left out.
   * Asks nothing of the network. A PIN in it is invented: a preview never opens the real one.
   */
  preview: query(
    'read',
    z.object({
      template: templateId.optional(),
      user: userRef.optional(),
      language: languageCode.optional(),
      draft: templateDraft.optional(),
      /** Puts the attachments into `eml`. Takes as long as they are large; `attachment-missing` when one has disappeared. */
      withAttachments: z.boolean().default(false),
    }),
    mailPreview,
  ),
  /** Which mail a user would get if he was added now, and why (reference §3.4). */
  explain: query('read', z.object({ user: userRef }), mailVerdict),
};
