import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import phoneMetadata from 'libphonenumber-js/max/metadata';
import manifest from '../../../package.json' with { type: 'json' };
import type { RestoreOutcome } from '../../../shared/contract/backups.contract.ts';
import { dialledDigits } from '../../../shared/phones/dialledDigits.ts';
import { createPhoneParser } from '../../../shared/phones/phoneParser.ts';
import { readRestored } from '../../services/backups/restoreRecord.ts';
import { readLogSettings } from '../../services/logs/logService.ts';
import type { Caller } from '../../runtime/call.ts';
import { createRuntime, type Platform, type Runtime } from '../../runtime/createRuntime.ts';
import { createAuthorityFile } from '../../store/authority/authorityFile.ts';
import { createBackupFiles } from '../../store/backups/backupThread.ts';
import { createBypassRepository } from '../../store/bypasses/bypassRepository.ts';
import { createAttemptRepository } from '../../store/console/attemptRepository.ts';
import { createAuditRepository } from '../../store/console/auditRepository.ts';
import { createCheckRepository } from '../../store/console/checkRepository.ts';
import { createJobsRepository } from '../../store/console/jobsRepository.ts';
import { createLeaseRepository } from '../../store/console/leaseRepository.ts';
import type { ConsoleSchema } from '../../store/console/schema.ts';
import { createSavedFilterRepository } from '../../store/console/savedFilterRepository.ts';
import { createSecretsRepository } from '../../store/console/secretsRepository.ts';
import { createSettingsRepository } from '../../store/console/settingsRepository.ts';
import { createUploadFiles } from '../../store/csv/uploadFiles.ts';
import { createReportFiles, wasImportApplied } from '../../store/imports/reportFiles.ts';
import { createAttachmentFiles } from '../../store/mail/attachmentFiles.ts';
import { createLogReader } from '../../store/logs/logReader.ts';
import { createMailCommits } from '../../store/mail/mailCommits.ts';
import { createMailReaders } from '../../store/mail/mailReaders.ts';
import { createOutboxRepository } from '../../store/mail/outboxRepository.ts';
import { createTemplateRepository } from '../../store/mail/templateRepository.ts';
import { createPinRepository } from '../../store/pins/pinRepository.ts';
import { createQuestionRepository } from '../../store/questions/questionRepository.ts';
import { createBundleWriter } from '../../store/support/supportThread.ts';
import { makeFolder } from '../../store/makeFolder.ts';
import { isOnNetwork } from '../../store/networkPath.ts';
import { openStore, storeFiles } from '../../store/storeFiles.ts';
import { toStoreError } from '../../store/storeErrors.ts';
import { readTokenImportLog } from '../../store/tokens/tokenImport.ts';
import { createTokenReader } from '../../store/tokens/tokenReader.ts';
import { createTokenRepository } from '../../store/tokens/tokenRepository.ts';
import { createTypedQueries } from '../../store/typedQueries.ts';
import { startSearchIndexer, type SearchIndexer } from '../../store/users/searchIndexer.ts';
import { createUserReader } from '../../store/users/userReader.ts';
import { hasUsers, readVersion } from '../../store/users/userSearch.ts';
import { createUserWriter } from '../../store/users/userWriter.ts';
import { createActivationPlatform } from '../activation/activationPlatform.ts';
import { createLdaptsDirectory } from '../directory/ldaptsDirectory.ts';
import { composeMail } from '../mail/composeMail.ts';
import { dropIntoFolder } from '../mail/pickupFolder.ts';
import { createSmtpRelay } from '../mail/smtpRelay.ts';
import { createTemplateArchives } from '../mail/templateArchives.ts';
import { createTokenRequests } from '../mail/tokenEndpoint.ts';
import { createShippedTemplates } from '../mail/mailTemplates.ts';
import { folderState } from './folderState.ts';
import { machine } from './machine.ts';
import { checkStore } from './checkStore.ts';
import { createExports } from './exportThread.ts';
import { assetsFolder, workerFile } from './installFolder.ts';
import { createImportRunner } from './importThread.ts';
import { createKeychain } from './keychain.ts';
import { openLog } from './log.ts';
import { makeDataFolder } from './makeDataFolder.ts';
import { probeTarget } from '../network/probeTarget.ts';
import { createWindowsRules } from '../network/windowsRules.ts';
import { createWayOut } from '../network/proxyTunnel.ts';
import { ownAddresses } from './ownAddresses.ts';
import { createSampleStarter } from './sampleStarter.ts';
import { openTokenFileReader } from '../../store/tokens/tokenFileThread.ts';
import { createSupportBundles } from './supportBundles.ts';
import { readVersions } from './versions.ts';
import { watchChanges } from './watchChanges.ts';

export interface OpenConsole extends Pick<Runtime, 'router'> {
  /** Undoes what runs, closes the store. */
  stop(): Promise<void>;
}

export interface OpenOptions {
  readonly kind: Platform['host']['host'];
  readonly dataFolder: string;
  /** Of a host that can start its console again. */
  readonly restores?: Platform['records']['restores'];
  /** Why a backup was not restored just before; null: none was to be. */
  readonly restoreFailure?: RestoreOutcome | null;
}

/** Somebody who already may use this account: the desktop's window, a script. */
export function localCaller(id: string): Caller {
  return { id, account: userInfo().username, access: new Set(['read', 'manage']) };
}

/** Joins the runtime to this computer: store, keychain, threads, network. Every host starts here. */
export async function openConsole({ kind, dataFolder, restores = null, restoreFailure = null }: OpenOptions): Promise<OpenConsole> {
  // What this process writes is for this account only; on Windows the folder's access list decides.
  process.umask(0o077);
  const folderProblem = makeDataFolder(dataFolder, makeFolder);
  const storeFile = storeFiles(dataFolder).users.file;
  const listWorker = workerFile('listWorker');
  const users = createUserReader({ workerFile: listWorker, storeFile });
  // Beside what follows, so that it is there when somebody wants to see something.
  users.start();
  let store: ReturnType<typeof openStore>;
  try {
    store = openStore(dataFolder);
  } catch (error) {
    // A thread that nobody ends would keep the process from ending.
    await users.close();
    throw error;
  }
  const queries = createTypedQueries<ConsoleSchema>(store.console);
  const settings = createSettingsRepository(queries);
  const { log, problem: logProblem } = await openLog(store.files.logs, kind, readLogSettings(settings.read('logging')));
  if (folderProblem !== null) log.warn({ err: folderProblem }, 'The data folder could not be kept from other accounts.');
  const audit = createAuditRepository(queries);
  const tokens = createTokenReader({ workerFile: workerFile('tokenListWorker'), storeFile, now: Date.now });
  const userWriter = createUserWriter({ workerFile: workerFile('userWriteWorker'), storeFile });
  const mailCommits = createMailCommits(workerFile('mailCommitWorker'), store.files.mail.file);
  const logs = createLogReader(workerFile('logWorker'), store.files.logs);
  const backups = createBackupFiles(workerFile('backupWorker'), dataFolder);
  const bundleWriter = createBundleWriter(workerFile('supportWorker'));
  const bundles = createSupportBundles({
    folder: store.files.exports,
    now: Date.now,
    write: (request, signal) => bundleWriter.write({ ...request, dataFolder }, signal),
  });
  let indexer: SearchIndexer | undefined;
  let isStopping = false;
  // It opens the store with the first question.
  users.get({ id: 0 }).catch((error: unknown) => isStopping || log.error({ err: error }, 'The list of users cannot be read.'));
  const sample = createSampleStarter();
  const storeCheck = checkStore(store.users, store.files.users.file, (finding) =>
    log.error({ finding }, 'The check of the store found damage.'),
  );

  const uploads = createUploadFiles(store.files.uploads, Date.now);
  const exports = createExports({
    workerFile: workerFile('exportWorker'),
    usersFile: storeFile,
    folder: store.files.exports,
    now: Date.now,
  });

  const authority = createAuthorityFile(store.files.authority, store.made);

  const wayOut = createWayOut();

  const templateArchives = createTemplateArchives(store.files.exports, uploads.source, Date.now);

  const runtime = createRuntime({
    host: {
      version: manifest.version,
      host: kind,
      serverName: hostname(),
      dataFolder,
      storeDamage: storeCheck.damage,
      lastRestore: () => restoreFailure ?? readRestored(settings.read('restored')),
    },
    log,
    now: Date.now,
    newId: randomUUID,
    every(intervalMs, callback) {
      const timer = setInterval(callback, intervalMs).unref();
      return () => clearInterval(timer);
    },
    pause: () => nextTurn(),
    translate: toStoreError,
    settings,
    sealedSecrets: createSecretsRepository(queries),
    keychain: createKeychain(),
    journal: createJobsRepository(queries),
    logs: { reader: logs, folder: store.files.logs, problem: logProblem },
    audit: { list: audit.list, append: ({ details, ...record }) => audit.append({ ...record, details: JSON.stringify(details) }) },
    lease: kind === 'command line' ? null : createLeaseRepository(queries),
    savedFilters: createSavedFilterRepository(queries),
    users,
    pins: createPinRepository(store.users),
    bypasses: createBypassRepository(store.users),
    questions: createQuestionRepository(store.users),
    attempts: createAttemptRepository(queries),
    tokens: {
      reader: tokens,
      store: createTokenRepository(store.users, Date.now),
      files: {
        openReader: () => openTokenFileReader(workerFile('tokenFileWorker'), storeFile),
        log: (jobId, window) => readTokenImportLog(store.users, jobId, window),
      },
    },
    userWriter,
    usersVersion: () => readVersion(store.users),
    hasUsers: () => hasUsers(store.users),
    addresses: ownAddresses,
    checks: {
      ...{ probe: probeTarget, machine, windowsRules: process.platform === 'win32' ? createWindowsRules() : null },
      folder: () => folderState(dataFolder, isOnNetwork),
      histories: { network: createCheckRepository(queries, 'network'), requirements: createCheckRepository(queries, 'requirements') },
      environment: process.env,
      followProxy: wayOut.follow,
    },
    activation: { ...createActivationPlatform(wayOut.openTunnel), openAuthority: authority.open, hasAuthority: authority.exists },
    onUsersChanged: (callback) => watchChanges(store.users, callback, readVersion),
    keepSearchIndex() {
      indexer = startSearchIndexer({
        workerFile: listWorker,
        storeFile,
        failed: (reason) => log.warn({ reason }, 'The search index fell behind.'),
      });
      return () => void indexer?.stop();
    },
    directory: createLdaptsDirectory(),
    startSample: sample.start,
    createPhoneParser: (country) => createPhoneParser(phoneMetadata, country),
    dialledDigits: (phone) => dialledDigits(phoneMetadata, phone),
    randomDigit: () => randomInt(10),
    isPhoneCountry: (code) => Object.hasOwn(phoneMetadata.countries, code),
    importReports: createReportFiles({
      folder: store.files.imports,
      wasApplied: (jobId) => wasImportApplied(store.users, jobId),
      now: Date.now,
    }),
    mail: {
      shippedTemplates: createShippedTemplates(join(assetsFolder, 'email')),
      compose: composeMail,
      relay: createSmtpRelay(),
      requestToken: createTokenRequests(undefined, wayOut.openTunnel),
      outbox: createOutboxRepository(store.mail),
      outboxSteps: mailCommits,
      onOutboxChanged: (callback) => watchChanges(store.mail, callback),
      editedTemplates: createTemplateRepository(store.mail),
      archives: templateArchives,
      files: createAttachmentFiles(store.files.attachments, uploads.source),
      readUsers: createMailReaders(store.users),
      drop: dropIntoFolder,
    },
    uploads,
    exports,
    records: {
      backups,
      restores,
      uploaded: uploads.source,
      isAbsolutePath: isAbsolute,
      join,
      defaultFolder: join(dataFolder, 'backup'),
      bundles,
      versions: () => readVersions(manifest.version, kind, dataFolder),
      newSalt: () => randomBytes(32).toString('base64'),
    },
    createImportRunner: ({ target, company, serversSeen }) =>
      createImportRunner({
        workerFile: workerFile('importWorker'),
        usersFile: store.files.users.file,
        importsFolder: store.files.imports,
        target,
        serversSeen,
        file: (uploadId) => ({ ...uploads.source(uploadId), company: company() }),
        userDefaults: () => company().userDefaults,
        log: (error) => log.error({ err: error }, 'The report of an import is lost.'),
      }),
  });

  return {
    router: runtime.router,
    async stop() {
      isStopping = true;
      await runtime.stop();
      uploads.close();
      exports.close();
      bundles.close();
      templateArchives.close();
      storeCheck.stop();
      authority.close();
      await Promise.all([
        users.close(),
        tokens.close(),
        userWriter.close(),
        mailCommits.close(),
        logs.close(),
        backups.close(),
        bundleWriter.close(),
        sample.stop(),
        indexer?.stop(),
      ]);
      store.users.close();
      store.mail.close();
      store.console.close();
      log.flush();
    },
  };
}
