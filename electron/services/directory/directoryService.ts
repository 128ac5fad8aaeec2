import type { directoryContract, DirectorySettings } from '../../../shared/contract/directory.contract.ts';
import type { Implementation } from '../../../shared/contract/define.ts';
import { isAppError } from '../../../shared/contract/errors.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import type { Call } from '../../runtime/call.ts';
import { collectPeople, createPersonView, findFilter, readGroups, readTree } from './browse.ts';
import { createDirectoryAccess, serverOf } from './directoryAccess.ts';
import { secretBinding, type DirectoryServicePorts } from './directoryServicePorts.ts';
import { testConnection, testLogin, type TestRun } from './directoryTest.ts';
import { parseFilter } from '../../../shared/directory/filterSyntax.ts';
import { defaultSettings } from './kinds.ts';
import { readMappingSample } from './mappingSample.ts';
import { readPeople } from './scopeReader.ts';

/** Everything that the console does with a directory, except importing from it. */
export function createDirectoryService(ports: DirectoryServicePorts): Implementation<typeof directoryContract, Call> {
  const access = createDirectoryAccess(ports);

  const isStored = (settings: DirectorySettings) => settings.sample || settings.bindDn === '' || ports.secrets.has(secretBinding(settings));

  /** What was saved before; null also for what can no longer be read, since saving again is how to repair that. */
  function readableSettings(): DirectorySettings | null {
    try {
      return ports.readSettings();
    } catch (error) {
      if (isAppError(error, 'store-damaged')) return null;
      throw error;
    }
  }

  const testRun = (runId: string, countPeople = false): TestRun => ({
    directory: ports.directory,
    report: (step) => ports.emitTested({ runId, step }),
    ...(countPeople && { countImported: ports.countImported }),
  });

  return {
    async get() {
      const settings = ports.readSettings();
      return { settings, passwordStored: settings !== null && isStored(settings) };
    },

    servers: async () => ({ servers: ports.serverStates(ports.readSettings()?.servers ?? []) }),

    defaults: () => Promise.resolve({ ...defaultSettings }),

    async set({ settings, password }, call) {
      for (const filter of Object.values(settings.filters)) if (filter.trim() !== '') parseFilter(filter);
      const before = readableSettings();
      const binding = secretBinding(settings);
      // Stored first: if the keychain refuses, the settings stay as they were.
      if (password !== undefined) await ports.secrets.put(binding, new Secret(password));
      ports.saveSettings(settings);
      call.note({ before, after: settings, passwordChanged: password !== undefined });
      if (before !== null && JSON.stringify(secretBinding(before)) !== JSON.stringify(binding)) ports.secrets.forget(secretBinding(before));
      return { passwordStored: isStored(settings) };
    },

    async useSample(_input, call) {
      const { url, baseDn, bindDn } = await ports.startSample();
      const settings: DirectorySettings = {
        ...defaultSettings.ad,
        servers: [serverOf(url)],
        baseDn,
        bindDn,
        allowPlainText: true,
        sample: true,
      };
      call.note({ before: readableSettings(), after: settings });
      ports.saveSettings(settings);
      return { settings };
    },

    testConnection: ({ settings, runId }, call) => testConnection(testRun(runId), settings, call.signal),

    async testLogin({ runId, countPeople = true, ...draft }, call) {
      return testLogin(testRun(runId, countPeople), await access.draftTarget(draft), call.signal);
    },

    async baseDns(draft, call) {
      const session = await ports.directory.open(await access.draftTarget(draft), call.signal);
      const { defaultNamingContext, namingContexts } = session.rootDse;
      await session.close();
      return { baseDns: [...new Set([defaultNamingContext, ...namingContexts].filter((name) => name !== ''))] };
    },

    async tree({ under }, call) {
      const target = await access.target();
      return access.withSession(target, call.signal, (session) => readTree(session, target.settings, under, call.signal));
    },

    async groups({ search, limit }, call) {
      const target = await access.target();
      return access.withSession(target, call.signal, (session) => readGroups(session, target.settings, search, limit, call.signal));
    },

    async find({ text, limit }, call) {
      const { settings, ...target } = await access.target();
      const view = createPersonView(settings);
      const scope = { kind: 'containers' as const, dns: [settings.baseDn], below: true };
      const request = { scope, filter: findFilter(settings, text), attributes: view.attributes, limit };
      return access.withSession({ settings, ...target }, call.signal, (session) =>
        collectPeople(view, readPeople(session, settings, request, call.signal)),
      );
    },

    async people({ scope, filter, limit }, call) {
      const { settings, ...target } = await access.target();
      const view = createPersonView(settings);
      const request = { scope, filter, attributes: view.attributes, limit };
      return access.withSession({ settings, ...target }, call.signal, (session) =>
        collectPeople(view, readPeople(session, settings, request, call.signal)),
      );
    },

    async sampleMapping(draft, call) {
      const target = await access.draftTarget(draft);
      const parsePhone = ports.createPhoneParser(target.settings.defaultCountry);
      return access.withSession(target, call.signal, (session) => readMappingSample(session, target.settings, parsePhone, call.signal));
    },
  };
}
