import type { DirectoryServer, DirectorySettings, TestStep, TestStepName } from '../../../shared/contract/directory.contract.ts';
import { AppError, isAppError } from '../../../shared/contract/errors.ts';
import type { Entry } from '../../../shared/directory/entry.ts';
import type { DirectoryPort, DirectorySession, DirectoryTarget, OpenEvent } from './directoryPort.ts';
import { leafName } from './distinguishedNames.ts';
import { allOf } from './filters.ts';
import { effectiveFilters } from './kinds.ts';
import { readAll, readBase } from './reading.ts';
import { failureText, passed, running, warned } from './testTexts.ts';
import { comparePeople } from './visiblePeople.ts';

export interface TestRun {
  readonly directory: DirectoryPort;
  /** Each step, first as `running`, then with its outcome. */
  report(step: TestStep): void;
  /** How many users of the store were imported from below a base DN. Without it people are not counted. */
  countImported?(baseDn: string, signal: AbortSignal): Promise<number>;
}

type Found = Pick<TestStep, 'state' | 'text'> & Partial<Pick<TestStep, 'advice' | 'certificate'>>;

const pagingControl = '1.2.840.113556.1.4.319';
const usersToTry = 20;
const soonDays = 30;

/** Name, port and certificate of every server, each on its own, without signing in. */
export async function testConnection(
  run: TestRun,
  settings: DirectorySettings,
  signal: AbortSignal,
): Promise<{ passed: boolean; steps: TestStep[] }> {
  const log = createStepLog(run);
  for (const server of settings.servers) {
    try {
      const target = { settings: { ...settings, servers: [server] }, password: null };
      const session = await run.directory.open(target, signal, { signIn: false, observe: (event) => log.opened(event, settings) });
      await session.close();
    } catch (error) {
      signal.throwIfAborted();
      log.refused(server, error);
    }
  }
  return log.result();
}

/** The same for the server that an import would use, then everything that an import does, with the same code and options. */
export async function testLogin(
  run: TestRun,
  target: DirectoryTarget,
  signal: AbortSignal,
): Promise<{ passed: boolean; steps: TestStep[] }> {
  const { settings } = target;
  const log = createStepLog(run);
  let session: DirectorySession;
  try {
    session = await run.directory.open(target, signal, { observe: (event) => log.opened(event, settings) });
  } catch (error) {
    signal.throwIfAborted();
    const [server] = settings.servers;
    if (server !== undefined) log.refused(server, error);
    return log.result();
  }
  // Servers that were passed over are not what decides.
  log.forgive();
  try {
    const step = (name: TestStepName, work: () => Promise<Found>) => log.step(name, session.server, signal, work);
    if (!(await step('base', () => checkBase(session, settings, signal)))) return log.result();
    let users: Entry[] = [];
    const names = mappedAttributes(settings);
    const hasRead = await step('read', async () => {
      const filter = allOf(effectiveFilters(settings).user);
      ({ entries: users } = await readAll(
        session,
        { base: settings.baseDn, scope: 'sub', filter, attributes: names, limit: usersToTry },
        signal,
      ));
      const [user] = users;
      if (user !== undefined) return { state: 'passed', text: passed.read(leafName(user.dn)) };
      return { state: 'warning', text: warned.noUsers(settings.baseDn), advice: warned.noUsersAdvice };
    });
    if (!hasRead) return log.result();
    await step('paging', () => checkPaging(session, settings, signal));
    if (users.length > 0) await step('rights', () => Promise.resolve(checkRights(users, names, settings)));
    const { countImported } = run;
    if (countImported) await step('people', () => checkPeople(countImported, session, settings, signal));
    return log.result();
  } finally {
    await session.close();
  }
}

async function checkBase(session: DirectorySession, settings: DirectorySettings, signal: AbortSignal): Promise<Found> {
  const base = await readBase(session, settings.baseDn, '(objectClass=*)', ['objectClass'], signal);
  if ('entry' in base) return { state: 'passed', text: passed.base(settings.baseDn) };
  throw new AppError(base.missing === 'elsewhere' ? 'referral' : 'base-dn-missing', 'The base DN cannot be read.');
}

/** Reads two pages; more would only take longer. */
async function checkPaging(session: DirectorySession, settings: DirectorySettings, signal: AbortSignal): Promise<Found> {
  const { supportedControls } = session.rootDse;
  if (supportedControls.size > 0 && !supportedControls.has(pagingControl))
    return { state: 'warning', text: warned.noPaging, advice: warned.noPagingAdvice };
  const filter = allOf(effectiveFilters(settings).user);
  const pages = session.search({ base: settings.baseDn, scope: 'sub', filter, attributes: ['1.1'], limit: settings.pageSize * 2 }, signal);
  for (let count = 0; ; count += 1) {
    const next = await pages.next();
    if (next.done !== true) continue;
    const { cutBy } = next.value;
    if (cutBy === undefined || cutBy === 'display-limit') return { state: 'passed', text: passed.paging(count) };
    return { state: 'warning', text: warned.cut(cutBy), advice: warned.cutAdvice };
  }
}

/** Attributes of the fields of a person, each once. */
function mappedAttributes({ attributes: names }: DirectorySettings): string[] {
  const {
    distinguishedName: _dn,
    containerName: _container,
    groupName: _group,
    member: _member,
    uniqueIdType: _type,
    username,
    uniqueId,
    ...fields
  } = names;
  return [...new Set([uniqueId, ...username, ...Object.values(fields)].filter((name) => name !== ''))];
}

/** An attribute that nobody has is one that may not be read, or whose name is wrong. */
function checkRights(users: readonly Entry[], names: readonly string[], settings: DirectorySettings): Found {
  const countOf = (index: number) => users.filter((user) => (user.values[index]?.length ?? 0) > 0).length;
  const withId = countOf(names.indexOf(settings.attributes.uniqueId));
  if (withId < users.length) {
    return {
      state: 'warning',
      text: warned.noId(settings.attributes.uniqueId, users.length - withId, users.length),
      advice: warned.noIdAdvice,
    };
  }
  const empty = names.filter((_name, index) => countOf(index) === 0);
  if (empty.length === 0) return { state: 'passed', text: passed.rights(users.length, names.length) };
  return { state: 'warning', text: warned.noValue(empty, users.length), advice: warned.noValueAdvice };
}

/** A directory shows an account what it may see and says nothing of the rest. */
async function checkPeople(
  countImported: NonNullable<TestRun['countImported']>,
  session: DirectorySession,
  settings: DirectorySettings,
  signal: AbortSignal,
): Promise<Found> {
  const imported = await countImported(settings.baseDn, signal);
  const { seen, named, hidden } = await comparePeople(session, settings, imported, signal);
  if (seen < imported) return { state: 'warning', text: warned.fewerPeople(seen, imported), advice: warned.fewerPeopleAdvice };
  const [example] = hidden;
  if (example === undefined) return { state: 'passed', text: passed.people(imported, named) };
  return { state: 'warning', text: warned.hiddenMembers(hidden.length, named), advice: warned.hiddenMembersAdvice(example) };
}

interface StepLog {
  opened(event: OpenEvent, settings: DirectorySettings): void;
  /** A failure that no step has shown: one before the first step. */
  refused(server: DirectoryServer, error: unknown): void;
  /** Answers false when it failed. */
  step(name: TestStepName, server: DirectoryServer, signal: AbortSignal, work: () => Promise<Found>): Promise<boolean>;
  /** What failed so far did not prevent success. */
  forgive(): void;
  result(): { passed: boolean; steps: TestStep[] };
}

function createStepLog(run: TestRun): StepLog {
  const steps: TestStep[] = [];
  let hasFailed = false;

  function add(step: TestStep): void {
    run.report(step);
    if (step.state === 'running') return;
    steps.push(step);
    hasFailed ||= step.state === 'failed';
  }

  function fail(
    step: TestStepName,
    server: DirectoryServer,
    error: AppError,
    milliseconds: number,
    certificate?: TestStep['certificate'],
  ): void {
    add({ step, server, state: 'failed', ...failureText(error), code: error.code, milliseconds, ...(certificate ? { certificate } : {}) });
  }

  return {
    opened(event, settings) {
      const { step, server, milliseconds } = event;
      if (event.state === 'running') add({ step, server, state: 'running', text: running[step], milliseconds: 0 });
      else if (event.state === 'failed' && event.error !== undefined)
        fail(step, server, event.error, milliseconds, event.certificate ?? undefined);
      else add({ step, server, milliseconds, ...foundOnOpening(event, settings) });
      // The sample directory listens on this computer only, by design.
      if (step === 'tcp' && event.state === 'passed' && server.security === 'none' && !settings.sample) {
        add({ step: 'tls', server, state: 'warning', text: warned.plain, advice: warned.plainAdvice, milliseconds: 0 });
      }
    },
    refused(server, error) {
      if (!isAppError(error)) throw error;
      if (!steps.some((step) => step.state === 'failed' && step.server === server) && !hasFailed) fail('tcp', server, error, 0);
    },
    async step(name, server, signal, work) {
      const startedAt = performance.now();
      add({ step: name, server, state: 'running', text: running[name], milliseconds: 0 });
      try {
        const found = await work();
        add({ step: name, server, milliseconds: performance.now() - startedAt, ...found });
        return true;
      } catch (error) {
        signal.throwIfAborted();
        if (!isAppError(error)) throw error;
        fail(name, server, error, performance.now() - startedAt);
        return false;
      }
    },
    forgive: () => (hasFailed = false),
    result: () => ({ passed: !hasFailed, steps }),
  };
}

function foundOnOpening(event: OpenEvent, settings: DirectorySettings): Found {
  switch (event.step) {
    case 'dns':
      return { state: 'passed', text: passed.dns(event.server, event.addresses ?? []) };
    case 'tcp':
      return { state: 'passed', text: passed.tcp(event.server) };
    case 'tls':
      return foundCertificate(event);
    case 'bind':
      if (settings.bindDn === '') return { state: 'warning', text: warned.anonymous, advice: warned.anonymousAdvice };
      return { state: 'passed', text: passed.bind(settings.bindDn) };
    case 'rootdse': {
      const { vendor = '', namingContexts = [] } = event.rootDse ?? {};
      if (namingContexts.length === 0) return { state: 'warning', text: warned.rootdse, advice: warned.rootdseAdvice };
      return { state: 'passed', text: passed.rootdse(vendor, namingContexts) };
    }
  }
}

function foundCertificate({ certificate, isPinned }: OpenEvent): Found {
  if (!certificate) return { state: 'passed', text: passed.tls(certificate) };
  if (isPinned === true) return { state: 'passed', text: passed.tlsPinned, certificate };
  const days = Math.floor((Date.parse(certificate.notAfter) - Date.now()) / 86_400_000);
  if (days < soonDays) return { state: 'warning', text: warned.expiresSoon(days), advice: warned.expiresSoonAdvice, certificate };
  return { state: 'passed', text: passed.tls(certificate), certificate };
}
