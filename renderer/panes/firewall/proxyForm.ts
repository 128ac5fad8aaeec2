import type { proxyModes, ProxySettings, ProxyState } from '../../../shared/contract/network.contract.ts';
import { isHost, isPort } from '../../../shared/network/hostNames.ts';
import { firewallText, proxyText as text } from '../../i18n/en/firewall.ts';
import type { PasswordState } from '../../ui/StoredPasswordField.tsx';

/** What is typed and chosen about the proxy. */
export interface ProxyForm {
  readonly mode: (typeof proxyModes)[number];
  readonly host: string;
  readonly port: string;
  readonly user: string;
  /** Empty: the one that is kept stays. */
  readonly password: string;
  /** As in NO_PROXY: names, addresses and networks, with commas or spaces between them. */
  readonly bypass: string;
}

export function toProxyForm({ mode, host, port, user, bypass }: ProxySettings): ProxyForm {
  return { mode, host, port: String(port), user, password: '', bypass: bypass.join(', ') };
}

/** In the shape of the contract. Only for a form without problems. */
export function toProxySettings(form: ProxyForm): ProxySettings & { password?: string } {
  const { mode, host, port, user, password, bypass } = form;
  // What is not in use may be half typed.
  if (mode !== 'own') return { mode, host: '', port: 8080, user: '', bypass: [] };
  const settings = { mode, host: host.trim(), port: Number(port), user: user.trim(), bypass: listed(bypass) };
  return password === '' || settings.user === '' ? settings : { ...settings, password };
}

/** What keeps it from being applied, as sentences by field. */
export function proxyProblems({ mode, host, port, bypass }: ProxyForm): ReadonlyMap<string, string> {
  const problems = new Map<string, string>();
  if (mode !== 'own') return problems;
  if (!isHost(host.trim().toLowerCase())) problems.set('host', firewallText.hostProblem);
  if (!isPort(port)) problems.set('port', firewallText.portProblem);
  if (listed(bypass).length > 100) problems.set('bypass', text.bypassProblem);
  return problems;
}

/** Whether the password that is kept is the one of what is typed: it is bound to host, port and user. */
export function passwordStateOf(
  form: ProxyForm,
  { settings, passwordStored }: Pick<ProxyState, 'settings' | 'passwordStored'>,
): PasswordState {
  if (form.password !== '') return 'typed';
  if (!passwordStored) return 'none';
  const isSame =
    form.host.trim().toLowerCase() === settings.host && Number(form.port) === settings.port && form.user.trim() === settings.user;
  return isSame ? 'stored' : 'forgotten';
}

export function isSameForm(a: ProxyForm, b: ProxyForm): boolean {
  return (Object.keys(a) as (keyof ProxyForm)[]).every((field) => a[field] === b[field]);
}

const listed = (typed: string): string[] => typed.split(/[\s,;]+/).filter(Boolean);
