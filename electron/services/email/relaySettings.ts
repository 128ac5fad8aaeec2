import { createHash } from 'node:crypto';
import type { CompanySettings } from '../../../shared/contract/companySettings.ts';
import type { Implementation } from '../../../shared/contract/define.ts';
import { type emailContract, type EmailSettings, type RelayTestStep } from '../../../shared/contract/email.contract.ts';
import { AppError, isAppError } from '../../../shared/contract/errors.ts';
import { commonValues } from '../../../shared/email/mailValues.ts';
import { isDeliverable, parseMailbox } from '../../../shared/email/mailbox.ts';
import { renderMail } from '../../../shared/email/renderMail.ts';
import { findSource, type TemplateLibrary } from '../../../shared/email/templateLibrary.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import type { Call } from '../../runtime/call.ts';
import { attached } from './attached.ts';
import type { ComposeMail, Relay, RelayTarget } from './mailPorts.ts';
import { testRelay } from './relayTest.ts';
import type { AttachmentFiles } from './templates/templatePorts.ts';

/** To whom the password may be sent. It does not leave its binding: for another relay or user there is no password. */
interface RelayBinding {
  readonly purpose: 'mail relay';
  readonly servers: string[];
  readonly user: string;
}

export interface RelaySettingsPorts {
  /** What was saved; throws `store-damaged`. */
  settings(): EmailSettings;
  save(settings: EmailSettings): void;
  readonly secrets: {
    put(binding: RelayBinding, secret: Secret): Promise<void>;
    has(binding: RelayBinding): boolean;
    /** Rejects with `secret-missing` and what the vault says. */
    take(binding: RelayBinding): Promise<Secret>;
    forget(binding: RelayBinding): void;
  };
  readonly relay: Relay;
  readonly compose: ComposeMail;
  readonly templates: () => TemplateLibrary;
  readonly files: Pick<AttachmentFiles, 'read'>;
  company(): CompanySettings;
  readonly serverName: string;
  now(): number;
  emitTested(event: { runId: string; step: RelayTestStep }): void;
}

function bindingOf({ host, port, security, user }: EmailSettings['relay']): RelayBinding {
  return { purpose: 'mail relay', servers: [`${security}://${host.toLowerCase()}:${port}`], user };
}

/** How to reach the relay with the password that is kept for it. Rejects with `mail-not-ready` and what the vault says. */
export async function storedTarget(ports: Pick<RelaySettingsPorts, 'secrets'>, relay: EmailSettings['relay']): Promise<RelayTarget> {
  if (relay.host === '') throw new AppError('mail-not-ready', 'No relay is configured.');
  return { relay, password: relay.user === '' ? null : await ports.secrets.take(bindingOf(relay)) };
}

/** What mails need to know before they can go out: the settings, and a test that goes all the way. */
export function createRelaySettings(ports: RelaySettingsPorts): Pick<Implementation<typeof emailContract, Call>, 'get' | 'set' | 'test'> {
  const isStored = ({ relay }: EmailSettings) => relay.user !== '' && ports.secrets.has(bindingOf(relay));

  /** Null for what can no longer be read, since saving again is how to repair that. */
  function readable(): EmailSettings | null {
    try {
      return ports.settings();
    } catch (error) {
      if (isAppError(error, 'store-damaged')) return null;
      throw error;
    }
  }

  async function testMail(settings: EmailSettings, to: string): Promise<Uint8Array> {
    const { language, source } = findSource(ports.templates(), 'test-mail', ports.company().userDefaults.languages.call);
    const now = ports.now();
    const from = parseMailbox(source.from || settings.from)!;
    return ports.compose({
      ...renderMail(source, commonValues(settings, ports.serverName), language),
      from,
      replyTo: parseMailbox(settings.replyTo),
      to: { name: '', address: to },
      // The test is about the relay: it goes to nobody but who asked for it.
      attachments: await attached(ports.files, source.attachments),
      language,
      date: now,
      messageId: `<test.${createHash('sha256').update(`${now} ${to}`).digest('hex').slice(0, 32)}@${from.address.split('@')[1]}>`,
    });
  }

  return {
    async get() {
      const settings = ports.settings();
      return { settings, passwordStored: isStored(settings) };
    },

    async set({ settings, password }, call) {
      const { relay } = settings;
      if (relay.user !== '' && relay.security === 'none')
        throw new AppError('plain-text-refused', 'The password of the relay would be sent in clear text. Use STARTTLS or TLS.');
      if (password !== undefined && relay.user === '')
        throw new AppError('invalid-input', 'A password needs a user.', { details: { field: 'user' } });
      const before = readable();
      const binding = bindingOf(relay);
      // Stored first: if the keychain refuses, the settings stay as they were.
      if (password !== undefined) await ports.secrets.put(binding, new Secret(password));
      ports.save(settings);
      call.note({ before, after: settings, passwordChanged: password !== undefined });
      if (before !== null && JSON.stringify(bindingOf(before.relay)) !== JSON.stringify(binding))
        ports.secrets.forget(bindingOf(before.relay));
      return { passwordStored: isStored(settings) };
    },

    async test({ settings, password, to, runId }, call) {
      const from = parseMailbox(settings.from);
      if (from === null) throw new AppError('mail-not-ready', 'From is not set: a relay wants to know who sends.');
      if (to !== undefined && !isDeliverable(to))
        throw new AppError('invalid-input', `No mail can be sent to "${to}".`, { details: { field: 'to' } });
      const target =
        password === undefined ? await storedTarget(ports, settings.relay) : { relay: settings.relay, password: new Secret(password) };
      const mail = to === undefined ? null : { to, message: await testMail(settings, to) };
      const report = (step: RelayTestStep) => ports.emitTested({ runId, step });
      return testRelay({ relay: ports.relay, target, from, mail, report }, call.signal);
    },
  };
}
