import type { DirectorySettings } from '../../../shared/contract/directory.contract.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { PeopleReading } from '../../../shared/directory/entry.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import type { DirectorySession, DirectoryTarget } from './directoryPort.ts';
import { secretBinding, type DirectoryServicePorts } from './directoryServicePorts.ts';
import type { PeopleRequest } from './peopleContext.ts';
import { readPeople } from './scopeReader.ts';

/** Opens the configured directory, or one that is just being configured. Every read goes through here, tests included. */
export interface DirectoryAccess {
  /** Throws `directory-not-configured`. */
  settings(): DirectorySettings;
  /** The configured directory. */
  target(): Promise<DirectoryTarget>;
  /** Settings as they are typed. Without a password the stored one is used, if it is bound to the same servers and user. */
  draftTarget(draft: { settings: DirectorySettings; password?: string | undefined }): Promise<DirectoryTarget>;
  /** Opens one connection, lends it, closes it. */
  withSession<T>(target: DirectoryTarget, signal: AbortSignal, work: (session: DirectorySession) => Promise<T>): Promise<T>;
  /** Reads people from the configured directory over one connection; for imports. */
  readPeople(request: PeopleRequest, signal: AbortSignal): PeopleReading;
}

type AccessPorts = Pick<DirectoryServicePorts, 'directory' | 'secrets' | 'readSettings' | 'startSample'>;

export function createDirectoryAccess(ports: AccessPorts): DirectoryAccess {
  function settings(): DirectorySettings {
    const stored = ports.readSettings();
    if (stored === null) throw new AppError('directory-not-configured', 'No directory is configured.');
    return stored;
  }

  async function draftTarget(draft: { settings: DirectorySettings; password?: string | undefined }): Promise<DirectoryTarget> {
    if (draft.password !== undefined) return { settings: draft.settings, password: new Secret(draft.password) };
    if (draft.settings.sample) return sampleTarget(draft.settings);
    // An empty user is an anonymous bind.
    if (draft.settings.bindDn === '') return { settings: draft.settings, password: null };
    return { settings: draft.settings, password: await ports.secrets.take(secretBinding(draft.settings)) };
  }

  /** The sample listens on another port, with another password, every time it starts. */
  async function sampleTarget(stored: DirectorySettings): Promise<DirectoryTarget> {
    const sample = await ports.startSample();
    return { settings: { ...stored, servers: [serverOf(sample.url)], allowPlainText: true }, password: sample.password };
  }

  const target = () => draftTarget({ settings: settings() });

  return {
    settings,
    target,
    draftTarget,
    async withSession(where, signal, work) {
      const session = await ports.directory.open(where, signal);
      try {
        return await work(session);
      } finally {
        await session.close();
      }
    },
    async *readPeople(request, signal) {
      const where = await target();
      const session = await ports.directory.open(where, signal);
      try {
        return yield* readPeople(session, where.settings, request, signal);
      } finally {
        await session.close();
      }
    },
  };
}

/** `ldap://host:port` or `ldaps://host:port`. */
export function serverOf(url: string): DirectorySettings['servers'][number] {
  const { protocol, hostname, port } = new URL(url);
  const isSecure = protocol === 'ldaps:';
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (isSecure ? 636 : 389), security: isSecure ? 'ldaps' : 'none' };
}
