import { z } from 'zod';
import { milliseconds } from '../lib/durations.ts';
import { distinguishedName, readSummary, secretText } from './common.ts';
import { command, event, query } from './define.ts';

export const directoryKinds = ['ad', 'openldap', 'other'] as const;
export type DirectoryKind = (typeof directoryKinds)[number];

/** `none` is a simple bind in clear text; it also needs `allowPlainText`. */
export const securities = ['ldaps', 'starttls', 'none'] as const;
export type Security = (typeof securities)[number];

export const directoryServer = z.object({
  host: z.string().trim().min(1).max(253),
  port: z.number().int().min(1).max(65535),
  security: z.enum(securities),
});
export type DirectoryServer = z.infer<typeof directoryServer>;

/** Phone attributes of the directory that an import can read (reference §2.9, §8.3). */
export const phoneTypes = ['mobile', 'business', 'home', 'pager', 'fax', 'ipPhone', 'custom'] as const;
export type PhoneType = (typeof phoneTypes)[number];

const attribute = z.string().trim().max(256);

export const directoryFilters = z.object({ container: z.string().max(4096), group: z.string().max(4096), user: z.string().max(4096) });

/** Attribute names; an empty name means "not mapped". */
export const directoryAttributes = z.object({
  uniqueId: attribute.min(1),
  /** How the value of `uniqueId` is shown and compared. */
  uniqueIdType: z.enum(['guid', 'bytes', 'string']),
  distinguishedName: attribute,
  containerName: z.array(attribute).max(8),
  groupName: attribute.min(1),
  /** The first one that has a value is the username. */
  username: z.array(attribute.min(1)).min(1).max(4),
  firstName: attribute,
  lastName: attribute,
  email: attribute,
  userGroup: attribute,
  description: attribute,
  callLanguage: attribute,
  textLanguage: attribute,
  appLanguage: attribute,
  oathLanguage: attribute,
  business: attribute,
  home: attribute,
  pager: attribute,
  mobile: attribute,
  fax: attribute,
  ipPhone: attribute,
  custom: attribute,
  extension: attribute,
  /** `member` of AD, `memberUid` of RFC 2307 … */
  member: z.array(attribute.min(1)).min(1).max(4),
});
export type DirectoryAttributes = z.infer<typeof directoryAttributes>;

/** One certificate that an administrator chose to trust for one server, by the SHA-256 of the whole certificate. */
export const certificatePin = z.object({
  host: z.string().max(253),
  port: z.number().int(),
  /** Lower-case hex, 64 digits. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** To connect, to the first answer, between two answers, for the whole read. */
export const directoryTimeouts = z.object({
  connectMs: milliseconds.min(100).max(600_000),
  firstAnswerMs: milliseconds.min(100).max(3_600_000),
  idleMs: milliseconds.min(100).max(3_600_000),
  totalMs: milliseconds.min(1_000).max(86_400_000),
});

export const directorySettings = z.object({
  kind: z.enum(directoryKinds),
  /** In the order in which they are tried. */
  servers: z.array(directoryServer).min(1).max(8),
  baseDn: distinguishedName,
  /** A DN, or what the directory accepts instead of one, such as user@domain. */
  bindDn: z.string().trim().max(1024),
  allowPlainText: z.boolean(),
  /** Extra certificate authorities, PEM. Empty: those of this computer only. */
  caPem: z.string().max(262_144),
  pins: z.array(certificatePin).max(16),
  /** "Query size limit": entries a page. Must not be more than the directory allows. */
  pageSize: z.number().int().min(10).max(20_000),
  timeouts: directoryTimeouts,
  filters: directoryFilters,
  attributes: directoryAttributes,
  /** ISO 3166-1 alpha-2: for phone numbers without a country code. */
  defaultCountry: z.string().regex(/^[A-Z]{2}$/),
  /** What to do with several values in one phone attribute: take the first, or the first that is a valid number. */
  phoneRule: z.enum(['first', 'first-valid', 'ask']),
  /** True for the sample directory that comes with the console. */
  sample: z.boolean(),
});
export type DirectorySettings = z.infer<typeof directorySettings>;

export const certificate = z.object({
  subject: z.string(),
  issuer: z.string(),
  names: z.array(z.string()),
  /** ISO 8601 */
  notBefore: z.string(),
  notAfter: z.string(),
  sha256: z.string(),
});
export type Certificate = z.infer<typeof certificate>;

export const testSteps = ['dns', 'tcp', 'tls', 'rootdse', 'bind', 'base', 'read', 'paging', 'rights', 'people'] as const;
export type TestStepName = (typeof testSteps)[number];

export const testStep = z.object({
  step: z.enum(testSteps),
  server: directoryServer,
  state: z.enum(['running', 'passed', 'warning', 'failed']),
  /** What was found, in words; on failure what it means. */
  text: z.string(),
  /** What to do about it. */
  advice: z.string().optional(),
  code: z.string().optional(),
  milliseconds: z.number(),
  certificate: certificate.optional(),
});
export type TestStep = z.infer<typeof testStep>;

export const testResult = z.object({ passed: z.boolean(), steps: z.array(testStep) });

/** How a server answered when this process asked it last; `at` in milliseconds since 1970. */
const serverState = z.object({
  host: z.string(),
  port: z.number().int(),
  answers: z.boolean(),
  at: z.number(),
  /** Why it does not answer, in words; empty where it does. */
  text: z.string(),
});
export type ServerState = z.infer<typeof serverState>;

/** Settings as typed in the dialog, not yet saved. Without a password the stored one is used, if it is bound to the same servers and user. */
const draft = z.object({ settings: directorySettings, password: secretText.optional() });
const runId = z.object({ runId: z.string().max(64) });

export const treeNode = z.object({
  dn: z.string(),
  name: z.string(),
  kind: z.enum(['domain', 'unit', 'container']),
  /** False only when the directory said so; otherwise children are looked for when the node is opened. */
  mayHaveChildren: z.boolean(),
});
export type TreeNode = z.infer<typeof treeNode>;

export const directoryGroup = z.object({ dn: z.string(), name: z.string() });
export type DirectoryGroup = z.infer<typeof directoryGroup>;

/** A person as the directory shows him: nothing is stored, nothing is normalised. */
export const directoryPerson = z.object({
  dn: z.string(),
  username: z.string(),
  name: z.string(),
  email: z.string(),
  disabled: z.boolean(),
  phones: z.partialRecord(z.enum(phoneTypes), z.string()),
});
export type DirectoryPerson = z.infer<typeof directoryPerson>;

/** Whose entries are meant. */
export const importScope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('users'), dns: z.array(distinguishedName.min(1)).min(1).max(10_000) }),
  z.object({ kind: z.literal('containers'), dns: z.array(distinguishedName.min(1)).min(1).max(100), below: z.boolean() }),
  z.object({ kind: z.literal('group'), dn: distinguishedName.min(1), recursive: z.boolean() }),
]);
export type ImportScope = z.infer<typeof importScope>;

export const directoryContract = {
  /** What is configured. Never contains the password; `passwordStored` says whether one is kept for these servers and this user. */
  get: query('read', z.null(), z.object({ settings: directorySettings.nullable(), passwordStored: z.boolean() })),
  /** Which servers of the configured directory answer, as far as they were asked, in their order. Asks nobody. */
  servers: query('read', z.null(), z.object({ servers: z.array(serverState) })),
  /** Defaults of each kind: what "Restore Defaults" brings back. */
  defaults: query('read', z.null(), z.object({ ad: directorySettings, openldap: directorySettings, other: directorySettings })),
  /** Saves the settings. A new password goes to the vault, bound to host, port and user; changing those without one forgets the old password. */
  set: command('manage', draft, z.object({ passwordStored: z.boolean() })),
  /** Starts the built-in sample directory and makes it the configured one. */
  useSample: command('manage', z.null(), z.object({ settings: directorySettings })),
  /** DNS, TCP and TLS of every server, without signing in. The steps also arrive as events while it runs. */
  testConnection: query('manage', draft.extend(runId.shape), testResult),
  /**
   * The same and then: sign in, base DN, one user, paging, rights, people. Uses the same code and options as an import. Where
   * `countPeople` is false it costs a directory the same however many there are: for who asks again and again.
   */
  testLogin: query('manage', draft.extend({ ...runId.shape, countPeople: z.boolean().optional() }), testResult),
  tested: event('manage', runId.extend({ step: testStep })),
  /** Base DNs that the directory offers in its rootDSE. */
  baseDns: query('manage', draft, z.object({ baseDns: z.array(z.string()) })),
  /** Containers directly under a DN; without one the base DN itself. */
  tree: query('read', z.object({ under: distinguishedName.optional() }), z.object({ nodes: z.array(treeNode), read: readSummary })),
  groups: query(
    'read',
    z.object({ search: z.string().max(256).default(''), limit: z.number().int().min(1).max(10_000).default(1000) }),
    z.object({ groups: z.array(directoryGroup), read: readSummary }),
  ),
  /** Users by part of name, username, e-mail address or description. */
  find: query(
    'read',
    z.object({ text: z.string().max(256), limit: z.number().int().min(1).max(10_000).default(1000) }),
    z.object({ people: z.array(directoryPerson), read: readSummary }),
  ),
  /** The users that a scope means, up to a limit: the grid of the import dialog. */
  people: query(
    'read',
    z.object({ scope: importScope, filter: z.string().max(4096).default(''), limit: z.number().int().min(1).max(10_000).default(1000) }),
    z.object({ people: z.array(directoryPerson), read: readSummary }),
  ),
  /** For each mapped field: values of up to 20 real users, and what would be stored. Also names present attributes that look like phones or mail but are not mapped. */
  sampleMapping: query(
    'manage',
    draft,
    z.object({
      fields: z.array(
        z.object({
          field: z.string(),
          attribute: z.string(),
          /** How many of the users that were read have a value. */
          present: z.number().int(),
          samples: z.array(z.object({ dn: z.string(), values: z.array(z.string()), stored: z.string(), problem: z.string().optional() })),
        }),
      ),
      unmapped: z.array(z.object({ attribute: z.string(), example: z.string() })),
      read: readSummary,
    }),
  ),
};
