import { isHost, isPort } from '../../../shared/network/hostNames.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { splitHostAndPort } from '../hostAndPort.ts';
import { readPassword } from '../password.ts';
import { printableJson, printableLines } from '../printable.ts';
import { formatTable } from '../table.ts';
import { text } from '../text.ts';
import { textOption, UsageError, type Verb } from '../verb.ts';

/** Where the password of the proxy may stand in place of standard input. */
const passwordVariable = 'MFA_PROXY_PASSWORD';

const proxy: Verb = {
  name: 'firewall proxy',
  usage: '[HOST:PORT [--user NAME --password-stdin] [--except LIST] | environment | none]',
  summary: 'Shows or sets the proxy through which HTTPS and the lists of revoked certificates are reached.',
  details: text.proxyHelp(passwordVariable),
  example: 'mfactl firewall proxy proxy.corp.example:8080 --user svc-mfa --password-stdin --except corp.example,10.0.0.0/8 < password.txt',
  options: { user: { type: 'string' }, except: { type: 'string' }, 'password-stdin': { type: 'boolean' } },
  positionals: { min: 0, max: 1 },
  async run(call) {
    const { client, positionals } = call;
    const [written] = positionals;
    if (written !== undefined) {
      const { settings } = await client.network.proxy(null);
      const password = await readPassword(call, passwordVariable);
      await client.network.setProxy(
        written === 'none' || written === 'environment'
          ? { ...settings, mode: written }
          : {
              ...{ mode: 'own', ...hostAndPort(written), user: textOption(call, 'user') ?? '' },
              bypass: (textOption(call, 'except') ?? '').split(/[\s,]+/).filter(Boolean),
              ...(password && { password: password.reveal() }),
            },
      );
    }
    const found = await client.network.proxy(null);
    return { json: found, text: text.proxy(found) };
  },
};

function hostAndPort(written: string): { host: string; port: number } {
  const { host = '', port = '' } = splitHostAndPort(written.toLowerCase()) ?? {};
  if (isHost(host) && isPort(port)) return { host, port: Number(port) };
  throw new UsageError(text.noTarget(written));
}

const rules: Verb = {
  name: 'firewall rules',
  usage: '',
  summary: 'On Windows: holds the targets against the outbound rules of Windows Firewall that are in force.',
  details: text.rulesHelp,
  example: 'mfactl firewall rules --json',
  options: {},
  positionals: { min: 0, max: 0 },
  async run({ client, terminal, json }) {
    const found = await client.network.compareRules(null);
    if (found === null) return { json: null, text: text.noWindows };
    const rows = found.map(({ verdict, id, reason }) => [verdict, id, reason]);
    terminal.print(json ? printableJson(found, 2) : printableLines(formatTable(['Outbound', 'Target', 'Why'], rows)));
    const blocked = found.filter(({ verdict }) => verdict === 'blocked' || verdict === 'blocked-by-default').length;
    if (blocked > 0) throw new AppError('requirements-not-met', text.targetsBlocked(blocked, found.length));
    return null;
  },
};

export const firewallSettingsVerbs: readonly Verb[] = [proxy, rules];
