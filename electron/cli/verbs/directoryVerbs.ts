import { readFile } from 'node:fs/promises';
import {
  directoryKinds,
  type DirectoryKind,
  type DirectoryServer,
  type DirectorySettings,
  type Security,
  type TestStep,
} from '../../../shared/contract/directory.contract.ts';
import { AppError, errorCodes, isAppError, type ErrorDetails } from '../../../shared/contract/errors.ts';
import { readFingerprint } from '../fingerprint.ts';
import { passwordVariable, readPassword } from '../password.ts';
import { printableLine } from '../printable.ts';
import { formatTable } from '../table.ts';
import { text } from '../text.ts';
import { choiceOption, numberOption, textOption, UsageError, type Verb, type VerbCall } from '../verb.ts';

const securityOf: Readonly<Record<string, { security: Security; port: number }>> = {
  'ldaps:': { security: 'ldaps', port: 636 },
  'ldap:': { security: 'none', port: 389 },
};

/** `ldaps://HOST[:PORT][,ldaps://BACKUP…]` as servers in their order. Throws UsageError. */
export function readServers(urls: string, startTls: boolean): DirectoryServer[] {
  return urls.split(',').map((item) => {
    const url = URL.parse(item.trim());
    const known = url && securityOf[url.protocol];
    if (!known || url.hostname === '') throw new UsageError(`"${item.trim()}" is not an address such as ldaps://dc1.corp.example:636.`);
    if (startTls && known.security === 'ldaps') throw new UsageError('--start-tls goes with ldap://, not with ldaps://.');
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    return { host, port: url.port ? Number(url.port) : known.port, security: startTls ? 'starttls' : known.security };
  });
}

/** Filters, attributes and limits of the same kind stay as they were saved: a new password must not change who is imported. */
async function settingsOfKind({ client }: VerbCall, kind: DirectoryKind): Promise<DirectorySettings> {
  const defaults = await client.directory.defaults(null);
  try {
    const { settings } = await client.directory.get(null);
    return settings?.kind === kind && !settings.sample ? settings : defaults[kind];
  } catch (error) {
    // Saving again is how to repair settings that cannot be read.
    if (isAppError(error, 'store-damaged')) return defaults[kind];
    throw error;
  }
}

async function settingsFrom(call: VerbCall): Promise<DirectorySettings> {
  const kind = choiceOption(call, 'kind', directoryKinds);
  const urls = textOption(call, 'url');
  const baseDn = textOption(call, 'base-dn');
  if (!kind || !urls || baseDn === undefined) throw new UsageError(text.usage(directorySet));
  const servers = readServers(urls, call.options['start-tls'] === true);
  const pin = textOption(call, 'pin');
  const caFile = textOption(call, 'ca');
  if (pin && caFile) throw new UsageError('Give either --ca or --pin.');
  const base = await settingsOfKind(call, kind);
  return {
    ...base,
    servers,
    baseDn,
    bindDn: textOption(call, 'bind-dn') ?? '',
    allowPlainText: call.options['allow-plain-text'] === true,
    caPem: caFile ? await readFile(caFile, 'utf8') : '',
    pins: pin ? servers.map(({ host, port }) => ({ host, port, sha256: readFingerprint(pin) })) : [],
    pageSize: numberOption(call, 'page-size', { min: 10, max: 20_000 }) ?? base.pageSize,
    sample: false,
  };
}

const directorySet: Verb = {
  name: 'directory set',
  usage:
    '--kind ad|openldap|other --url ldaps://HOST[:PORT][,ldaps://BACKUP] --bind-dn NAME --base-dn DN [--start-tls] [--ca FILE | --pin SHA256] [--page-size N] [--allow-plain-text] --password-stdin',
  summary: 'Saves how to reach the directory. Filters, attributes and limits of the same kind stay as they are.',
  example:
    'mfactl directory set --kind ad --url ldaps://dc1.corp.example --bind-dn svc-mfa@corp.example --base-dn DC=corp,DC=example --password-stdin < password.txt',
  options: {
    kind: { type: 'string' },
    url: { type: 'string' },
    'bind-dn': { type: 'string' },
    'base-dn': { type: 'string' },
    'start-tls': { type: 'boolean' },
    ca: { type: 'string' },
    pin: { type: 'string' },
    'page-size': { type: 'string' },
    'allow-plain-text': { type: 'boolean' },
    'password-stdin': { type: 'boolean' },
  },
  positionals: { min: 0, max: 0 },
  async run(call) {
    const settings = await settingsFrom(call);
    const password = await readPassword(call);
    if (!password && settings.bindDn !== '') throw new UsageError(text.passwordNeeded(passwordVariable));
    const saved = await call.client.directory.set({ settings, password: password?.reveal() });
    return { json: saved, text: text.saved(saved.passwordStored) };
  },
};

const directoryUseSample: Verb = {
  name: 'directory sample',
  usage: '',
  summary: 'Uses the built-in sample directory of invented people.',
  example: 'mfactl directory sample',
  options: {},
  positionals: { min: 0, max: 0 },
  async run({ client }) {
    const { settings } = await client.directory.useSample(null);
    return { json: settings, text: `The sample directory is in use: ${settings.baseDn}` };
  },
};

const marks: Record<TestStep['state'], string> = { running: '…', passed: 'ok', warning: 'warning', failed: 'FAILED' };

/** What the server showed: without it nobody could compare the fingerprint, or give it with --pin. */
function certificateDetails({ certificate }: TestStep): ErrorDetails {
  return certificate ? { ...certificate, names: certificate.names.join(', ') } : {};
}

const directoryTest: Verb = {
  name: 'directory test',
  usage: '[--connection-only]',
  summary: 'Tests connection and login with the saved settings, step by step.',
  example: 'mfactl directory test',
  options: { 'connection-only': { type: 'boolean' } },
  positionals: { min: 0, max: 0 },
  async run({ client, options }) {
    const { settings } = await client.directory.get(null);
    if (!settings) throw new AppError('directory-not-configured', 'No directory is configured. Use "mfactl directory set" first.');
    const test = options['connection-only'] ? client.directory.testConnection : client.directory.testLogin;
    const result = await test({ settings, runId: 'mfactl' });
    const lines = result.steps.map(({ step, server, state, text: said, advice }) => {
      const line = printableLine(`${marks[state].padEnd(8)} ${step.padEnd(8)} ${server.host}:${server.port}  ${said}`);
      return advice ? `${line}\n${' '.repeat(18)}${advice}` : line;
    });
    const failed = result.steps.find(({ state }) => state === 'failed');
    if (!result.passed && failed) {
      const code = errorCodes.find((known) => known === failed.code) ?? 'internal';
      throw new AppError(code, lines.join('\n'), { details: { step: failed.step, ...certificateDetails(failed) } });
    }
    return { json: result, text: lines.join('\n') };
  },
};

const directoryTree: Verb = {
  name: 'directory tree',
  usage: '[--under DN]',
  summary: 'Lists the containers directly under a DN, or under the base DN.',
  example: 'mfactl directory tree --under OU=Sales,DC=corp,DC=example',
  options: { under: { type: 'string' } },
  positionals: { min: 0, max: 0 },
  async run(call) {
    const under = textOption(call, 'under') ?? (await call.client.directory.tree({})).nodes[0]?.dn;
    const answer = await call.client.directory.tree({ under });
    const rows = answer.nodes.map(({ kind, name, dn }) => [kind, name, dn]);
    return { json: answer, text: `${formatTable(['Kind', 'Name', 'DN'], rows)}\n${text.read(answer.read)}` };
  },
};

const directoryGroups: Verb = {
  name: 'directory groups',
  usage: '[TEXT] [--limit N]',
  summary: 'Lists security groups, or those whose name contains a text.',
  example: 'mfactl directory groups VPN',
  options: { limit: { type: 'string' } },
  positionals: { min: 0, max: 1 },
  async run(call) {
    const answer = await call.client.directory.groups({
      search: call.positionals[0] ?? '',
      limit: numberOption(call, 'limit', { min: 1, max: 10_000 }),
    });
    return {
      json: answer,
      text: `${formatTable(
        ['Name', 'DN'],
        answer.groups.map(({ name, dn }) => [name, dn]),
      )}\n${text.read(answer.read)}`,
    };
  },
};

const directoryFind: Verb = {
  name: 'directory find',
  usage: 'TEXT [--limit N]',
  summary: 'Finds people in the directory by part of name, username, e-mail address or description.',
  example: 'mfactl directory find miller',
  options: { limit: { type: 'string' } },
  positionals: { min: 1, max: 1 },
  async run(call) {
    const answer = await call.client.directory.find({
      text: call.positionals[0] ?? '',
      limit: numberOption(call, 'limit', { min: 1, max: 10_000 }),
    });
    const rows = answer.people.map(({ username, name, email, dn }) => [username, name, email, dn]);
    return { json: answer, text: `${formatTable(['Username', 'Name', 'Email address', 'DN'], rows)}\n${text.read(answer.read)}` };
  },
};

export const directoryVerbs: readonly Verb[] = [
  directorySet,
  directoryUseSample,
  directoryTest,
  directoryTree,
  directoryGroups,
  directoryFind,
];
