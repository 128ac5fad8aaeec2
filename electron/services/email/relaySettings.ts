import { createHash } from 'node:crypto';
import type { CompanySettings } from '../../../shared/contract/companySettings.ts';
import type { Implementation } from '../../../shared/contract/define.ts';
import { type emailContract, type EmailSettings, type RelayTestStep, type SavedEmail } from '../../../shared/contract/email.contract.ts';
import { AppError, isAppError } from '../../../shared/contract/errors.ts';
import { commonValues } from '../../../shared/email/mailValues.ts';
import { isDeliverable, parseMailbox } from '../../../shared/email/mailbox.ts';
import { renderMail } from '../../../shared/email/renderMail.ts';
import { findSource, type TemplateLibrary } from '../../../shared/email/templateLibrary.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import { isWholePath } from '../../../shared/lib/wholePath.ts';
import type { Call } from '../../runtime/call.ts';
import type { AccessTokens } from './accessTokens.ts';
import { attached } from './attached.ts';
import type { ComposeMail, Relay, RelayTarget } from './mailPorts.ts';
import { readSavedEmail, writtenEmail } from './readEmailSettings.ts';
import { testRelay } from './relayTest.ts';
import { findRelayWays } from './relayWays.ts';
import type { AttachmentFiles } from './templates/templatePorts.ts';

/** To whom the password may be sent. It does not leave its binding: for another relay or user there is no password. */
interface RelayBinding {
  readonly purpose: 'mail relay';
  readonly servers: string[];
  readonly user: string;
}

export interface RelaySettingsPorts {
  /** What was saved, as it is; undefined when nothing was. */
  read(): unknown;
  /** Puts what `next` answers in the place of what it is given. Nobody else writes in between; if `next` throws nothing is written. */
  change(next: (before: unknown) => unknown): void;
  readonly secrets: {
    put(binding: Binding, secret: Secret): Promise<void>;
    has(binding: Binding): boolean;
    /** Rejects with `secret-missing` and what the vault says. */
    take(binding: Binding): Promise<Secret>;
    forget(binding: Binding): void;
  };
  readonly tokens: AccessTokens;
  /** For a client secret that is tried before it is saved: nothing of it is kept. */
  readonly freshTokens: () => AccessTokens;
  readonly relay: Relay;
  readonly compose: ComposeMail;
  readonly templates: () => TemplateLibrary;
  readonly files: Pick<AttachmentFiles, 'read'>;
  company(): CompanySettings;
  readonly serverName: string;
  now(): number;
  emitTested(event: { runId: string; step: RelayTestStep }): void;
}

/** To whom the client secret may be sent. */
interface TokenBinding {
  readonly purpose: 'mail token endpoint';
  readonly servers: string[];
  readonly user: string;
}
type Binding = RelayBinding | TokenBinding;

function bindingOf({ host, port, security, user }: EmailSettings['relay']): RelayBinding {
  return { purpose: 'mail relay', servers: [`${security}://${host.toLowerCase()}:${port}`], user };
}

function tokenBindingOf({ oauth: { tokenUrl, clientId } }: EmailSettings['relay']): TokenBinding {
  return { purpose: 'mail token endpoint', servers: [tokenUrl], user: clientId };
}

const isPasswordUsed = ({ auth, user }: EmailSettings['relay']): boolean => auth === 'password' && user !== '';

/** How to reach the relay with what is kept for it, or was typed. Rejects with `mail-not-ready` and what the vault says. */
export async function relayTarget(
  ports: Pick<RelaySettingsPorts, 'secrets' | 'tokens' | 'freshTokens'>,
  relay: EmailSettings['relay'],
  typed: { readonly password?: string | undefined; readonly clientSecret?: string | undefined } = {},
): Promise<RelayTarget> {
  if (relay.host === '') throw new AppError('mail-not-ready', 'No relay is configured.');
  if (relay.auth === 'oauth2') {
    requireOauth(relay);
    const client = { ...relay.oauth, caPem: relay.caPem };
    const { clientSecret } = typed;
    const token =
      clientSecret === undefined
        ? ports.tokens.of(client, () => ports.secrets.take(tokenBindingOf(relay)))
        : ports.freshTokens().of(client, () => Promise.resolve(new Secret(clientSecret)));
    return { relay, password: null, token };
  }
  if (!isPasswordUsed(relay)) return { relay, password: null };
  return { relay, password: typed.password === undefined ? await ports.secrets.take(bindingOf(relay)) : new Secret(typed.password) };
}

/** Throws `mail-not-ready` while something is missing without which no token can be had. */
function requireOauth({ user, oauth }: EmailSettings['relay']): void {
  const missing = [
    ...(oauth.tokenUrl === '' ? ['the address of the token endpoint'] : []),
    ...(oauth.clientId === '' ? ['the client id'] : []),
    ...(user === '' ? ['the user, which is the mailbox that sends'] : []),
  ];
  if (missing.length > 0) throw new AppError('mail-not-ready', `For OAuth 2.0 something is missing: ${missing.join(', ')}.`);
}

/** What mails need to know before they can go out: the settings, and a test that goes all the way. */
export function createRelaySettings(ports: RelaySettingsPorts): Pick<Implementation<typeof emailContract, Call>, 'get' | 'set' | 'test'> {
  const stored = ({ relay }: EmailSettings) => ({
    passwordStored: relay.user !== '' && ports.secrets.has(bindingOf(relay)),
    clientSecretStored: relay.oauth.clientId !== '' && ports.secrets.has(tokenBindingOf(relay)),
  });

  /** Null for what can no longer be read, since saving again is how to repair that. */
  function readable(saved: unknown): SavedEmail | null {
    try {
      return readSavedEmail(saved);
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
      const saved = readSavedEmail(ports.read());
      return { ...saved, ...stored(saved.settings) };
    },

    async set({ settings, password, clientSecret, revision }, call) {
      const { relay } = settings;
      if ((isPasswordUsed(relay) || relay.auth === 'oauth2') && relay.security === 'none')
        throw new AppError('plain-text-refused', 'The password or token of the relay would be sent in clear text. Use STARTTLS or TLS.');
      if (settings.pickupFolder !== '' && !isWholePath(settings.pickupFolder))
        throw new AppError('invalid-input', 'The pickup folder needs its whole path, from the drive or root on.', {
          details: { field: 'pickupFolder' },
        });
      if (password !== undefined && relay.user === '')
        throw new AppError('invalid-input', 'A password needs a user.', { details: { field: 'user' } });
      if (clientSecret !== undefined && (relay.oauth.tokenUrl === '' || relay.oauth.clientId === ''))
        throw new AppError('invalid-input', 'A client secret needs a token endpoint and a client id.', { details: { field: 'clientId' } });
      const requireSame = (now: SavedEmail | null): void => {
        if (now !== null && now.revision !== revision) throw changedMeanwhile(now);
      };
      // Also before a secret is put down for settings that will not hold.
      requireSame(readable(ports.read()));
      const binding = bindingOf(relay);
      // Stored first: if the keychain refuses, the settings stay as they were.
      if (password !== undefined) await ports.secrets.put(binding, new Secret(password));
      const tokenBinding = tokenBindingOf(relay);
      if (clientSecret !== undefined) {
        await ports.secrets.put(tokenBinding, new Secret(clientSecret));
        ports.tokens.of({ ...relay.oauth, caPem: relay.caPem }, () => ports.secrets.take(tokenBinding)).reject();
      }
      let before: SavedEmail | null = null;
      let saved: SavedEmail | undefined;
      ports.change((now) => {
        before = readable(now);
        requireSame(before);
        saved = { settings, revision: (before?.revision ?? revision) + 1, savedAt: ports.now(), savedBy: call.caller.account };
        return writtenEmail(saved);
      });
      const earlier = (before as SavedEmail | null)?.settings ?? null;
      call.note({
        before: earlier,
        after: settings,
        passwordChanged: password !== undefined,
        clientSecretChanged: clientSecret !== undefined,
      });
      if (earlier !== null) {
        const isOther = (one: Binding, other: Binding): boolean => JSON.stringify(one) !== JSON.stringify(other);
        if (isOther(bindingOf(earlier.relay), binding)) ports.secrets.forget(bindingOf(earlier.relay));
        if (isOther(tokenBindingOf(earlier.relay), tokenBinding)) ports.secrets.forget(tokenBindingOf(earlier.relay));
      }
      return { ...(saved as SavedEmail | undefined)!, ...stored(settings) };
    },

    async test({ settings, password, clientSecret, to, runId, findWays }, call) {
      const from = parseMailbox(settings.from);
      if (from === null) throw new AppError('mail-not-ready', 'From is not set: a relay wants to know who sends.');
      if (to !== undefined && !isDeliverable(to))
        throw new AppError('invalid-input', `No mail can be sent to "${to}".`, { details: { field: 'to' } });
      const target = await relayTarget(ports, settings.relay, { password, clientSecret });
      const mail = to === undefined ? null : { to, message: await testMail(settings, to) };
      const report = (step: RelayTestStep) => ports.emitTested({ runId, step });
      const { passed, steps } = await testRelay({ relay: ports.relay, target, from, mail, report }, call.signal);
      const looks = findWays && steps.some(isNoConnection);
      return { passed, steps, ways: looks ? await findRelayWays(ports.relay, settings.relay, call.signal) : [] };
    },
  };
}

/** It may be the port or the security. */
function isNoConnection({ step, state, code = '' }: RelayTestStep): boolean {
  return state === 'failed' && ['tcp', 'greeting', 'tls'].includes(step) && !code.startsWith('certificate-');
}

function changedMeanwhile({ savedBy, savedAt, revision }: SavedEmail): AppError {
  const at = savedAt === null ? '' : ` (${new Date(savedAt).toISOString()})`;
  return new AppError(
    'changed-meanwhile',
    `${savedBy || 'Somebody'} saved other email settings in the meantime${at}. Nothing was saved; look at them and do it again.`,
    {
      details: { savedBy, savedAt: savedAt ?? 0, revision },
    },
  );
}
