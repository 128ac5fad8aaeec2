import type { ReadSummary } from '../../../shared/contract/common.ts';
import {
  directoryTimeouts,
  type DirectoryPerson,
  type DirectorySettings,
  type TestStep,
} from '../../../shared/contract/directory.contract.ts';
import { defaultCompanySettings } from '../../../shared/contract/companySettings.ts';
import { defaultEmailSettings } from '../../../shared/contract/email.contract.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { ImportRequest, ImportRow, ImportSummary } from '../../../shared/contract/imports.contract.ts';
import type { Job } from '../../../shared/contract/jobs.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';

export const base = 'DC=contoso,DC=com';
export const sales = `OU=Sales,${base}`;

export const settings: DirectorySettings = {
  kind: 'ad',
  servers: [{ host: 'dc1.contoso.com', port: 636, security: 'ldaps' }],
  baseDn: base,
  bindDn: 'reader@contoso.com',
  allowPlainText: false,
  caPem: '',
  pins: [],
  pageSize: 1000,
  timeouts: directoryTimeouts.parse({ connectMs: 10_000, firstAnswerMs: 60_000, idleMs: 60_000, totalMs: 3_600_000 }),
  filters: { container: '(objectClass=organizationalUnit)', group: '(objectCategory=group)', user: '(objectClass=user)' },
  attributes: {
    uniqueId: 'objectGUID',
    uniqueIdType: 'guid',
    distinguishedName: 'distinguishedName',
    containerName: ['name'],
    groupName: 'name',
    username: ['userPrincipalName', 'sAMAccountName'],
    firstName: 'givenName',
    lastName: 'sn',
    email: 'mail',
    userGroup: '',
    description: '',
    callLanguage: '',
    textLanguage: '',
    appLanguage: '',
    oathLanguage: '',
    business: '',
    home: '',
    pager: '',
    mobile: 'mobile',
    fax: '',
    ipPhone: '',
    custom: '',
    extension: '',
    member: ['member'],
  },
  defaultCountry: 'US',
  phoneRule: 'first',
  sample: false,
};

export function read(entries: number, more: Partial<ReadSummary> = {}): ReadSummary {
  return { entries, complete: true, referrals: 0, milliseconds: 5, ...more };
}

export function person(name: string): DirectoryPerson {
  return { dn: `CN=${name},${sales}`, username: `${name}@contoso.com`, name, email: '', disabled: false, phones: {} };
}

export function job(id: string, more: Partial<Job> = {}): Job {
  return {
    id,
    kind: id.startsWith('preview') ? 'import-preview' : 'import',
    subject: base,
    state: 'running',
    phase: 'reading',
    done: 0,
    total: null,
    rate: 0,
    remainingMs: null,
    startedAt: 0,
    finishedAt: null,
    startedBy: 'admin',
    host: 'headless',
    cancellable: true,
    failures: 0,
    error: null,
    ...more,
  };
}

export function row(seq: number, more: Partial<ImportRow> = {}): ImportRow {
  return {
    seq,
    outcome: 'add',
    username: `user${seq}`,
    name: `User ${seq}`,
    dn: `CN=User ${seq},${sales}`,
    changes: [],
    warnings: [],
    ...more,
  };
}

/** A test may put its own answers in place of those below. */
type Replaceable<T> = { -readonly [K in keyof T]: T[K] };

const unused = (): never => {
  throw new AppError('internal', 'This call has no part in the test.');
};

/**
 * A console that answers from memory, with what its users did in `calls`. Jobs run until `endJob`; previews have the id
 * `preview-1`, `preview-2` …, imports `import-1` …; any answer can be replaced in `client` before it is asked for.
 */
export function createFakeConsole({ rows = [row(1), row(2)] }: { rows?: readonly ImportRow[] } = {}) {
  const jobs = new Map<string, Job>();
  const jobListeners = new Set<(job: Job) => void>();
  const testListeners = new Set<(event: { runId: string; step: TestStep }) => void>();
  const calls: { method: string; input: unknown }[] = [];
  const count = (outcome: ImportRow['outcome']) => rows.filter((one) => one.outcome === outcome).length;
  const note = (method: string, input: unknown) => void calls.push({ method, input });

  function put(changed: Job) {
    jobs.set(changed.id, changed);
    for (const listener of jobListeners) listener(changed);
  }
  function begin(prefix: 'preview' | 'import') {
    const jobId = `${prefix}-${[...jobs.keys()].filter((id) => id.startsWith(prefix)).length + 1}`;
    put(job(jobId));
    return { jobId };
  }

  const directory: Replaceable<ConsoleClient['directory']> = {
    get: async () => ({ settings, passwordStored: true }),
    servers: async () => ({ servers: [] }),
    defaults: async () => ({ ad: settings, openldap: { ...settings, kind: 'openldap' }, other: { ...settings, kind: 'other' } }),
    set: async (input) => (note('directory.set', input), { passwordStored: true }),
    useSample: async () => ({ settings: { ...settings, sample: true } }),
    testConnection: async () => unused(),
    testLogin: async () => unused(),
    onTested: (listener) => (testListeners.add(listener), () => void testListeners.delete(listener)),
    baseDns: async () => ({ baseDns: [base] }),
    tree: async ({ under }) => ({
      nodes:
        under === undefined
          ? [{ dn: base, name: base, kind: 'domain', mayHaveChildren: true }]
          : under === base
            ? [{ dn: sales, name: 'Sales', kind: 'unit', mayHaveChildren: true }]
            : [],
      read: read(1),
    }),
    groups: async () => ({ groups: [{ dn: `CN=Staff,${base}`, name: 'Staff' }], read: read(1) }),
    find: async () => ({ people: [person('Found')], read: read(1) }),
    people: async (input) => (note('directory.people', input), { people: [person('Anna'), person('Bo')], read: read(2) }),
    sampleMapping: async () => unused(),
  };

  const imports: Replaceable<ConsoleClient['imports']> = {
    preview: async (input) => (note('imports.preview', input), begin('preview')),
    start: async (input) => (note('imports.start', input), begin('import')),
    summary: async ({ jobId }): Promise<ImportSummary> => ({
      jobId,
      state: jobId.startsWith('preview') ? 'preview' : 'applied',
      request: {} as ImportRequest,
      counts: {
        add: count('add'),
        update: count('update'),
        unchanged: count('unchanged'),
        skipped: count('skipped'),
        warnings: rows.filter(({ warnings }) => warnings.length > 0).length,
      },
      read: read(rows.length),
      startedAt: 0,
      milliseconds: 5,
    }),
    rows: async ({ outcome, onlyWarnings = false, offset = 0, limit = 100 }) => {
      const found = rows.filter((one) => (!outcome || one.outcome === outcome) && (!onlyWarnings || one.warnings.length > 0));
      return { rows: found.slice(offset, offset + limit), total: found.length };
    },
    csv: async () => ({ text: 'username\r\n', next: null }),
    discard: async (input) => (note('imports.discard', input), null),
  };

  const jobsService: Replaceable<ConsoleClient['jobs']> = {
    list: async () => ({ jobs: [...jobs.values()] }),
    get: async ({ jobId }) => {
      const found = jobs.get(jobId);
      if (!found) throw new AppError('not-found', 'No such job.');
      return found;
    },
    cancel: async ({ jobId }) => {
      note('jobs.cancel', { jobId });
      put({ ...jobs.get(jobId)!, state: 'cancelled', finishedAt: 1 });
      return null;
    },
    items: async () => ({ items: [], total: 0 }),
    onChanged: (listener) => (jobListeners.add(listener), () => void jobListeners.delete(listener)),
  };

  const email: Pick<ConsoleClient['email'], 'get'>['get'] = async () => ({
    settings: defaultEmailSettings,
    revision: 0,
    savedAt: null,
    savedBy: '',
    passwordStored: false,
    clientSecretStored: false,
  });

  const company: Pick<ConsoleClient['company'], 'get'>['get'] = async () => ({
    settings: defaultCompanySettings,
    revision: 0,
    savedAt: null,
    savedBy: '',
  });

  return {
    client: { directory, imports, jobs: jobsService, email: { get: email }, company: { get: company } },
    calls,
    put,
    endJob: (id: string, more: Partial<Job> = {}) => put({ ...jobs.get(id)!, state: 'done', finishedAt: 1, ...more }),
    tell: (runId: string, step: TestStep) => testListeners.forEach((listener) => listener({ runId, step })),
  };
}
