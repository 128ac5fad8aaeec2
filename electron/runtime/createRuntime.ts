import { contract, type ConsoleContract } from '../../shared/contract/index.ts';
import type { CompanySettings } from '../../shared/contract/companySettings.ts';
import type { ServerState } from '../../shared/contract/directory.contract.ts';
import { AppError, isAppError } from '../../shared/contract/errors.ts';
import { createAppService, type AppPorts } from '../services/app/appService.ts';
import type { AuditPorts } from '../services/audit/auditService.ts';
import type { Exports, Uploads } from '../services/csv/csvPorts.ts';
import { createCsvService } from '../services/csv/csvService.ts';
import { createCompanyService } from '../services/company/companyService.ts';
import { readCompany } from '../services/company/readCompany.ts';
import { createBypassService, type BypassStore } from '../services/bypasses/bypassService.ts';
import type { DirectoryServicePorts } from '../services/directory/directoryServicePorts.ts';
import type { DirectoryTarget } from '../services/directory/directoryPort.ts';
import type { ImportReports, ImportRunner } from '../services/imports/importPorts.ts';
import { createSecretHashes } from '../services/hashes/secretHashes.ts';
import type { MailIntentStore } from '../services/email/mailIntents.ts';
import { createFilterService, type SavedFilters } from '../services/filters/filterService.ts';
import type { LogReader } from '../services/logs/logService.ts';
import { createImportService } from '../services/imports/importService.ts';
import type { PinPorts } from '../services/pins/pinPorts.ts';
import { createImportPins } from '../services/pins/importPins.ts';
import { createInitialPins } from '../services/pins/initialPins.ts';
import { createPinPreparer } from '../services/pins/pinPreparer.ts';
import { createPinService } from '../services/pins/pinService.ts';
import type { TokenReader, TokenStore } from '../services/tokens/tokenPorts.ts';
import type { TokenImportPorts } from '../services/tokens/importPorts.ts';
import { createTokenImports } from '../services/tokens/tokenImports.ts';
import { createTokenService } from '../services/tokens/tokenService.ts';
import type { UserReader } from '../services/users/userReader.ts';
import { createNameLookup } from '../services/directory/nameLookup.ts';
import { createUsernameService } from '../services/usernames/usernameService.ts';
import { createUserService } from '../services/users/userService.ts';
import { createQuestionService, type QuestionStore } from '../services/questions/questionService.ts';
import type { AttemptStore } from '../services/verify/attemptLimit.ts';
import { createVerifyService } from '../services/verify/verifyService.ts';
import { createTokenVerifier } from '../services/tokens/tokenVerifier.ts';
import { createTagService, type TagStore } from '../services/tags/tagService.ts';
import type { UserWriter } from '../services/users/userWriter.ts';
import { createVault, type VaultPorts } from '../services/vault/vault.ts';
import { createBackgroundWork } from './backgroundWork.ts';
import { createDirectoryParts } from './directoryParts.ts';
import { createActivationParts, type ActivationPlatform } from './activationParts.ts';
import { createEmailParts, type MailPlatform } from './emailParts.ts';
import { createCheckParts, type CheckPlatform } from './checkParts.ts';
import { createStatusParts, type StatusPartsPorts } from './statusParts.ts';
import { createRecordParts, type RecordPartsPorts } from './recordParts.ts';
import { createJobs, type JobJournal } from './jobs.ts';
import { holdLease, type LeasePorts } from './lease.ts';
import { createRouter, type AuditRecord, type Router, type Services } from './router.ts';

/** What the console writes to its log. A Secret prints as [secret], whatever it is part of. */
export interface RuntimeLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** Everything that differs between the desktop, the headless server, the command line and a test. */
export interface Platform extends Pick<StatusPartsPorts, 'usersVersion' | 'hasUsers' | 'addresses'> {
  readonly host: Pick<AppPorts, 'version' | 'host' | 'serverName' | 'dataFolder' | 'storeDamage' | 'lastRestore'>;
  readonly log: RuntimeLog;
  now(): number;
  newId(): string;
  every(intervalMs: number, callback: () => void): () => void;
  /** Lets everything else have its turn. */
  pause(): Promise<void>;
  /** Knows the errors of the store and the file system. */
  translate(error: unknown): AppError | undefined;

  readonly settings: Pick<AppPorts, 'preference' | 'setPreference'> & {
    read(name: string): unknown;
    write(name: string, value: unknown): void;
    /** Reads and writes without anybody in between. */
    change(name: string, next: (before: unknown) => unknown): void;
  };
  readonly sealedSecrets: VaultPorts['sealed'];
  readonly keychain: VaultPorts['keychain'];
  readonly journal: JobJournal;
  readonly logs: { readonly reader: LogReader; readonly folder: string } & StatusPartsPorts['logs'];
  readonly audit: AuditPorts & { append(entry: AuditRecord & { at: number; host: string }): void };
  /** Null for a process that lives too briefly to do background work. */
  readonly lease: Pick<LeasePorts, 'take' | 'release'> | null;

  readonly savedFilters: SavedFilters;
  readonly users: UserReader;
  readonly activation: ActivationPlatform;
  readonly checks: CheckPlatform;
  readonly pins: PinPorts['store'];
  readonly bypasses: BypassStore;
  readonly questions: QuestionStore;
  readonly attempts: AttemptStore;
  readonly tokens: { readonly reader: TokenReader; readonly store: TokenStore; readonly files: TokenImportPorts };
  readonly userWriter: UserWriter & TagStore & MailIntentStore;
  /** Calls back after somebody in another process or thread committed a change of users. */
  onUsersChanged(callback: () => void): () => void;
  /** Brings the search index up to date in the background until the returned function is called. */
  keepSearchIndex(): () => void;

  readonly directory: DirectoryServicePorts['directory'];
  readonly startSample: DirectoryServicePorts['startSample'];
  readonly createPhoneParser: DirectoryServicePorts['createPhoneParser'];
  readonly dialledDigits: PinPorts['dialledDigits'];
  readonly randomDigit: PinPorts['randomDigit'];
  /** Whether phone numbers of this country (ISO 3166-1 alpha-2) are known. */
  isPhoneCountry(code: string): boolean;
  readonly importReports: ImportReports;
  /**
   * `target` answers which directory to read, and `company` what new users get, at the moment when an import starts; `serversSeen` hears how
   * the directory's servers answered.
   */
  createImportRunner(about: {
    target(): Promise<DirectoryTarget>;
    company(): CompanySettings;
    serversSeen(states: readonly ServerState[]): void;
  }): ImportRunner;
  readonly mail: MailPlatform;
  readonly uploads: Uploads;
  readonly exports: Exports;
  readonly records: Pick<
    RecordPartsPorts,
    'backups' | 'restores' | 'uploaded' | 'defaultFolder' | 'join' | 'isAbsolutePath' | 'bundles' | 'versions' | 'newSalt'
  >;
}

export interface Runtime {
  readonly router: Router;
  /** Cancels running jobs, waits until they are undone and gives the lease back. */
  stop(): Promise<void>;
}

export function createRuntime(platform: Platform): Runtime {
  const { log, host, now } = platform;
  const hostName = `${host.host} on ${host.serverName}`;

  const vault = createVault({
    keychain: platform.keychain,
    sealed: platform.sealedSecrets,
    readVaultId: () => (platform.settings.read('vaultId') as string | undefined) ?? null,
    writeVaultId: (id) => platform.settings.write('vaultId', id),
    newId: platform.newId,
    log: (error) => log.warn({ err: error }, 'The keychain does not answer.'),
  });

  const jobs = createJobs({
    journal: platform.journal,
    now,
    newId: platform.newId,
    every: platform.every,
    changed: (job) => router.emit('jobs', 'changed', job),
    host: hostName,
    describe(error, ref) {
      const known = isAppError(error)
        ? error
        : (platform.translate(error) ?? new AppError('internal', 'Something went wrong in the console.', { cause: error }));
      log.error({ err: error, ref, code: known.code }, 'A job failed.');
      return { code: known.code, message: known.message, ref, ...(known.details && { details: known.details }) };
    },
    log: (error) => log.error({ err: error }, 'The journal of jobs cannot be written.'),
  });

  /** Port of every service that follows Company Settings: what holds now, also when another process saved it. */
  const readCompanySettings = (): CompanySettings => readCompany(platform.settings.read('company')).settings;

  const isWorking = () => lease?.isHeld() ?? false;
  const isRunning = (jobId: string) => platform.journal.get(jobId)?.state === 'running';

  const directory = createDirectoryParts({ ...platform, vault, now, tested: (event) => router.emit('directory', 'tested', event) });

  const hashes = createSecretHashes(vault.sealer);
  const pinPorts: PinPorts = {
    store: platform.pins,
    hashes,
    sealer: vault.sealer,
    company: readCompanySettings,
    dialledDigits: platform.dialledDigits,
    createPhoneParser: platform.createPhoneParser,
    randomDigit: platform.randomDigit,
    now,
  };

  /** What filters of users depend on. */
  const filterPorts = { now, pinExpirationDays: () => readCompanySettings().pinRules.expirationDays };
  const pinPreparer = createPinPreparer(pinPorts);
  const importPins = createImportPins({ ...pinPorts, preparer: pinPreparer });

  const mails = createEmailParts({
    ...platform,
    filters: filterPorts,
    vault,
    initialPins: createInitialPins(pinPorts),
    importPins,
    jobs: jobs.starter,
    intents: platform.userWriter,
    isRunning,
    serverName: host.serverName,
    company: readCompanySettings,
    mayDeliver: () => !activation.isReadOnly(),
    emitTested: (event) => router.emit('email', 'tested', event),
    emitChanged: () => router.emit('outbox', 'changed', {}),
    emitTemplatesChanged: () => router.emit('mailTemplates', 'changed', {}),
    log: (error) => log.warn({ err: error }, 'Mails cannot be delivered at the moment.'),
  });

  const users = createUserService({
    reader: platform.users,
    writer: platform.userWriter,
    jobs: jobs.starter,
    companySettings: readCompanySettings,
    createPhoneParser: platform.createPhoneParser,
    preparePin: pinPreparer.prepare,
    initialPins: pinPreparer.prepareInitial,
    mails: mails.userMails,
    newId: platform.newId,
    usersChanged: () => router.emit('users', 'changed', {}),
    ...filterPorts,
  });

  function tokensChanged(usersToo: boolean): void {
    router.emit('tokens', 'changed', {});
    if (usersToo) router.emit('users', 'changed', {});
  }
  const tokenImports = createTokenImports({
    ...platform.tokens.files,
    jobs: jobs.starter,
    sealerKey: vault.sealerKey,
    changed: tokensChanged,
    newId: platform.newId,
    now,
    every: platform.every,
  });

  const status = createStatusParts({
    ...platform,
    server: { name: host.serverName, version: host.version, host: host.host, startedAt: now() },
    isWorking,
    outbox: platform.mail.outbox,
    vault,
    company: readCompanySettings,
    directory: directory.readSettings,
    storeDamage: host.storeDamage,
    networkTrouble: () => checks.networkTrouble(),
    requirementsTrouble: () => checks.requirementsTrouble(),
    changed: () => router.emit('status', 'changed', {}),
    log: (error) => log.warn({ err: error }, 'Users could not be counted.'),
  });

  const activation = createActivationParts({
    ...platform,
    vault,
    hashes,
    isWorking,
    call: (...call) => router.call(...call),
    changed: () => (mails.mayDeliverChanged(), router.emit('activation', 'changed', {})),
  });

  const records = createRecordParts({
    ...platform,
    ...host,
    ...platform.records,
    isWorking,
    jobs: jobs.starter,
    vault,
    status: status.services.status,
    company: readCompanySettings,
    directory: directory.readSettings,
  });
  const checks = createCheckParts({
    ...platform,
    ...host,
    vault,
    status,
    directory: directory.service,
    readDirectory: directory.readSettings,
    activation,
    email: mails.services.email,
    emit: (...event) => router.emit(...event),
  });

  // The compiler rejects this object until every service of the contract is present and complete.
  const services: Services<ConsoleContract> = {
    app: createAppService({
      ...host,
      isLeaseHolder: isWorking,
      vaultState: vault.state,
      unlockVault: (passphrase) => vault.unlock(passphrase).finally(() => router.emit('app', 'vaultChanged', {})),
      preference: platform.settings.preference,
      setPreference: platform.settings.setPreference,
    }),
    users,
    usernames: createUsernameService({
      rules: () => readCompanySettings().usernameResolution,
      accountsNamed: createNameLookup(directory.access),
      findUser: platform.users.get,
    }),
    pins: createPinService({ ...pinPorts, preparer: pinPreparer, findUser: platform.users.get }),
    verify: createVerifyService({
      findUser: platform.users.get,
      company: readCompanySettings,
      pinRecord: (userId) => platform.pins.records(userId).current,
      matchesPin: (pin, record) => hashes.matches('pin', pin, record, 'now'),
      checkCode: createTokenVerifier({ store: platform.tokens.store, sealer: vault.sealer }).checkCode,
      async useBypass(userId, at) {
        const used = await platform.bypasses.use(userId, at);
        if (used) router.emit('bypasses', 'changed', { userId });
        return used;
      },
      openBypass: platform.bypasses.openOf,
      attempts: platform.attempts,
      now,
    }),
    bypasses: createBypassService({
      store: platform.bypasses,
      findUser: platform.users.get,
      now,
      changed: (userId) => router.emit('bypasses', 'changed', { userId }),
    }),
    questions: createQuestionService({
      store: platform.questions,
      hashAnswer: (answer) => hashes.hash('answer', answer, 'now'),
      findUser: platform.users.get,
      now,
      changed: () => router.emit('questions', 'changed', null),
      usersChanged: () => router.emit('users', 'changed', {}),
    }),
    tokens: {
      ...createTokenService({
        ...platform.tokens,
        jobs: jobs.starter,
        sealer: vault.sealer,
        now,
        pause: platform.pause,
        changed: tokensChanged,
      }),
      ...tokenImports.methods,
    },
    tags: createTagService({
      store: platform.userWriter,
      changed: () => router.emit('tags', 'changed', null),
      usersChanged: () => router.emit('users', 'changed', {}),
    }),
    company: createCompanyService({
      read: () => platform.settings.read('company'),
      change: (next) => platform.settings.change('company', next),
      isCountry: platform.isPhoneCountry,
      now,
      changed: (revision) => router.emit('company', 'changed', { revision }),
    }),
    directory: directory.service,
    imports: createImportService({
      jobs: jobs.starter,
      runner: platform.createImportRunner({
        target: directory.access.target,
        company: readCompanySettings,
        serversSeen: directory.serversSeen,
      }),
      reports: platform.importReports,
      isRunning,
      fileName: (uploadId) => platform.uploads.get(uploadId).name,
      forgetFile: (uploadId) => platform.uploads.discard(uploadId),
      usersChanged: (jobId) => router.emit('users', 'changed', { jobId }),
      mails: mails.userMails,
      pins: importPins,
      now,
    }),
    csv: createCsvService({
      ...filterPorts,
      uploads: platform.uploads,
      exports: platform.exports,
      jobs: jobs.starter,
      preference: platform.settings.preference,
      setPreference: platform.settings.setPreference,
    }),
    filters: createFilterService({ saved: platform.savedFilters, changed: () => router.emit('filters', 'changed', {}), now }),
    ...mails.services,
    ...status.services,
    ...activation.services,
    ...records.services,
    ...checks.services,
    jobs: jobs.service,
  };

  const router: Router = createRouter(contract, services, {
    log: ({ error, ...call }) => log.warn({ ...call, err: error }, 'A call failed.'),
    audit: (record) => platform.audit.append({ ...record, at: now(), host: hostName }),
    allow: activation.allow,
    newRef: platform.newId,
    translate: platform.translate,
  });

  const startBackgroundWork = createBackgroundWork(
    {
      every: platform.every,
      forgetOld: users.forgetOld,
      log: (error) => log.warn({ err: error }, 'The recycle bin could not be cleaned up.'),
    },
    [
      () => (platform.importReports.cleanUp(isRunning), () => {}),
      platform.keepSearchIndex,
      mails.startDelivery,
      status.startCounting,
      activation.startKeeping,
      records.startSchedule,
      checks.startChecking,
    ],
  );
  let stopWork = () => {};
  const lease =
    platform.lease &&
    holdLease(
      'background work',
      `${hostName} ${platform.newId()}`,
      { ...platform.lease, now, every: platform.every, log: (error) => log.warn({ err: error }, 'The lease could not be renewed.') },
      (held) => {
        log.info({ held }, held ? 'This process does the background work now.' : 'This process no longer does the background work.');
        stopWork();
        stopWork = held ? startBackgroundWork() : () => {};
      },
    );
  const stopWatching = platform.onUsersChanged(() => {
    router.emit('users', 'changed', {});
    router.emit('tokens', 'changed', {});
  });
  // Mails that go are recorded by a thread.
  const stopWatchingMails = platform.mail.onOutboxChanged(() => router.emit('outbox', 'changed', {}));

  return {
    router,
    async stop() {
      mails.userMails.stop();
      await jobs.stop();
      await activation.stop();
      await tokenImports.stop();
      status.stop();
      stopWatching();
      stopWatchingMails();
      lease?.stop();
      await mails.stopped();
    },
  };
}
