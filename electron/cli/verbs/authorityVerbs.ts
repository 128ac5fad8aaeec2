import { formatTable } from '../table.ts';
import { readFile, writeFile } from 'node:fs/promises';
import { isAppError } from '../../../shared/contract/errors.ts';
import { activationOpenApi } from '../../../shared/activation/openApi.ts';
import { retold, withAdvice } from '../withAdvice.ts';
import { activationText } from '../activationText.ts';
import { text } from '../text.ts';
import { numberOption, textOption, UsageError, type Verb } from '../verb.ts';
import { groupWish } from './activationVerbs.ts';
import { printableJson, printableLines } from '../printable.ts';

const minute = (at: number) => new Date(at).toISOString().slice(0, 16).replace('T', ' ');

const serve: Verb = {
  name: 'authority serve',
  usage: '[--port N]',
  summary: 'Runs the activation authority of this data folder until Ctrl+C; makes it when there is none.',
  details: activationText.serveDetails,
  example: 'mfactl authority serve --port 8463',
  options: { port: { type: 'string' } },
  positionals: { min: 0, max: 0 },
  async run(call) {
    const port = numberOption(call, 'port', { min: 0, max: 65_535 });
    const interrupted = new Promise<void>((resolve) => call.terminal.onInterrupt(resolve));
    const listening = await call.client.authority.start({ ...(port !== undefined && { port }) }).catch(withAdvice);
    const page = await call.client.authority.openPage(null);
    const said = { ...listening, page };
    call.terminal.print(call.json ? printableJson(said) : printableLines(activationText.listens(said)));
    await interrupted;
    await call.client.authority.stop(null);
    return null;
  },
};

const credentials: Verb = {
  name: 'authority credentials',
  usage: '',
  summary: 'Generates activation credentials: an e-mail and a password that activate one server within ten minutes.',
  example: 'mfactl authority credentials',
  options: {},
  positionals: { min: 0, max: 0 },
  async run({ client }) {
    const made = await client.authority.generateCredentials(null);
    return { json: made, text: activationText.credentials(made) };
  },
};

const page: Verb = {
  name: 'authority page',
  usage: '',
  summary: 'Makes a link that signs in to the web page of the authority: once, within ten minutes.',
  details: activationText.pageDetails,
  example: 'mfactl authority page',
  options: {},
  positionals: { min: 0, max: 0 },
  async run({ client }) {
    const made = await client.authority.openPage(null);
    return { json: made, text: activationText.page(made) };
  },
};

const company: Verb = {
  name: 'authority company',
  usage: 'NAME',
  summary: 'Names the company of this authority, as its servers show it.',
  example: 'mfactl authority company "Contoso Ltd"',
  options: {},
  positionals: { min: 1, max: 1 },
  async run({ client, positionals: [name = ''] }) {
    await client.authority.setCompany({ name });
    return { json: { name }, text: activationText.companyNamed(name) };
  },
};

const servers: Verb = {
  name: 'authority servers',
  usage: '',
  summary: 'Lists the servers that this authority activated.',
  example: 'mfactl authority servers --json',
  options: {},
  positionals: { min: 0, max: 0 },
  async run({ client }) {
    const found = await client.authority.servers(null);
    const rows = found.map((server) => [
      server.id,
      server.name,
      server.addresses[0] ?? '',
      server.group,
      server.role ?? '',
      server.state,
      server.version,
      minute(server.lastSeen),
    ]);
    const headings = ['Id', 'Server', 'IP', 'Group', 'Role', 'State', 'Version', 'Last seen (UTC)'];
    return { json: found, text: found.length > 0 ? formatTable(headings, rows) : text.nothingFound };
  },
};

const revoke: Verb = {
  name: 'authority revoke',
  usage: 'ID',
  summary: 'Takes the activation of a server away: from now on the authority refuses its calls.',
  example: 'mfactl authority revoke 0198c0de-0000-7000-8000-000000000000',
  options: {},
  positionals: { min: 1, max: 1 },
  async run({ client, positionals: [serverId = ''] }) {
    await client.authority.revoke({ serverId }).catch((error: unknown) => {
      throw isAppError(error, 'not-found') ? retold(error, activationText.noServer(serverId)) : error;
    });
    return { json: { serverId }, text: activationText.revoked(serverId) };
  },
};

const sign: Verb = {
  name: 'authority sign',
  usage: 'FILE --out ANSWER [--group NAME | --new-group NAME]',
  summary: 'Activates a server without any connection, by the request that it wrote.',
  details: activationText.signDetails,
  example: 'mfactl authority sign mfa7.request --out mfa7.answer --group Default',
  options: { out: { type: 'string' }, group: { type: 'string' }, 'new-group': { type: 'string' } },
  positionals: { min: 1, max: 1 },
  async run(call) {
    const { client, positionals } = call;
    const out = textOption(call, 'out');
    if (out === undefined) throw new UsageError(text.usage(sign));
    const group = groupWish(call, await client.authority.groups(null));
    const signed = await client.authority.signFile({ file: await readFile(positionals[0]!, 'utf8'), group }).catch(withAdvice);
    await writeFile(out, signed.file, { flag: 'wx', mode: 0o600 });
    return {
      json: { serverId: signed.serverId, server: signed.serverName, file: out },
      text: activationText.signed(signed.serverName, out),
    };
  },
};

const protocol: Verb = {
  name: 'authority protocol',
  usage: '',
  summary: 'Prints what servers and authorities say to each other, as an OpenAPI document.',
  example: 'mfactl authority protocol',
  options: {},
  positionals: { min: 0, max: 0 },
  async run() {
    const document = activationOpenApi();
    return { json: document, text: JSON.stringify(document, null, 2) };
  },
};

export const authorityVerbs: readonly Verb[] = [serve, credentials, page, company, servers, revoke, sign, protocol];
