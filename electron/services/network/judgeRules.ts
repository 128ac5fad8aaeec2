import type { RuleVerdict, TargetCheck } from '../../../shared/contract/network.contract.ts';
import { isAddressRange, isInRange } from '../../../shared/network/addressRanges.ts';
import type { OutboundRule, RulesInForce } from './windowsRulesPort.ts';

type Target = Pick<TargetCheck, 'id' | 'port' | 'protocol' | 'addresses'>;
type Found = Omit<RuleVerdict, 'id'>;

/** The worst first: a target is as good as the worst of its addresses. */
const ranks: readonly Found['verdict'][] = ['blocked', 'blocked-by-default', 'unknown', 'allowed-by-default', 'allowed'];

const isThisComputer = (address: string) => address === '::1' || isInRange(address, '127.0.0.0/8');
const listed = (names: readonly string[]) => names.map((name) => `“${name}”`).join(', ');

/**
 * What the rules of Windows Firewall that are in force make of the way to a target: a rule that blocks outweighs all that allow, and where none
 * applies the default of the profile decides.
 */
export function judgeRules(target: Target, rules: RulesInForce): RuleVerdict {
  const { id, addresses } = target;
  if (addresses.length === 0) return { id, verdict: 'unknown', rule: null, reason: 'Its addresses are not known.' };
  const found = addresses.map((address) => judgeAddress(address, target, rules));
  return { id, ...found.toSorted((a, b) => ranks.indexOf(a.verdict) - ranks.indexOf(b.verdict))[0]! };
}

/** What the rules make of the way to the proxy through which a target is reached: no other way leaves this computer. */
export function judgeProxyRules(id: string, proxy: Omit<Target, 'protocol'>, rules: RulesInForce): RuleVerdict {
  const verdict = judgeRules({ ...proxy, protocol: 'tcp' }, rules);
  return { ...verdict, id, reason: `By the proxy ${proxy.id}. ${verdict.reason}` };
}

function judgeAddress(address: string, target: Target, { profiles, rules, program, localSubnets }: RulesInForce): Found {
  if (isThisComputer(address)) {
    return { verdict: 'allowed', rule: null, reason: 'Windows Firewall does not filter what stays on this computer.' };
  }
  const on = profiles.filter(({ isEnabled }) => isEnabled);
  if (on.length === 0) {
    const names = profiles.map(({ name }) => name).join(', ');
    return { verdict: 'allowed-by-default', rule: null, reason: `Windows Firewall is off in the active profile (${names}).` };
  }
  const names = on.map(({ name }) => name.toLowerCase());
  const near = rules.filter((rule) => isOfUs(rule, program) && isOfWay(rule, target) && isOfProfile(rule, names));
  const certain = near.filter(({ remoteAddresses }) => remoteAddresses.some((range) => holds(range, address, localSubnets) === true));
  const doubtful = near.filter(
    (rule) => !certain.includes(rule) && rule.remoteAddresses.some((range) => holds(range, address, localSubnets) === null),
  );

  const block = certain.find(({ action }) => action === 'block');
  if (block) {
    return {
      verdict: 'blocked',
      rule: block.name,
      reason: `Blocked by the rule “${block.name}” (${address}). Change it, or have it changed.`,
    };
  }
  const doubt = (action: OutboundRule['action']) => doubtful.filter((rule) => rule.action === action).map(({ name }) => name);
  const mayBlock = doubt('block');
  if (mayBlock.length > 0) {
    return { verdict: 'unknown', rule: mayBlock[0]!, reason: `Whether ${listed(mayBlock)} blocks ${address} cannot be told from here.` };
  }
  const allow = certain.find(({ action }) => action === 'allow');
  if (allow) return { verdict: 'allowed', rule: allow.name, reason: `Allowed by the rule “${allow.name}”.` };
  const closed = on.filter(({ defaultOutbound }) => defaultOutbound === 'block').map(({ name }) => name);
  if (closed.length === 0) {
    const reason = `No rule allows it: it passes only since outbound connections are allowed by default (${on.map(({ name }) => name).join(', ')}).`;
    return { verdict: 'allowed-by-default', rule: null, reason };
  }
  const mayAllow = doubt('allow');
  if (mayAllow.length > 0) {
    return { verdict: 'unknown', rule: mayAllow[0]!, reason: `Whether ${listed(mayAllow)} allows ${address} cannot be told from here.` };
  }
  return {
    ...{ verdict: 'blocked-by-default', rule: null },
    reason: `No rule allows ${address}, and outbound connections are blocked by default (${closed.join(', ')}). Export… writes a rule that allows it.`,
  };
}

/** Rules of another program, of a service or of an app from the store do not hold for this process. */
function isOfUs(rule: OutboundRule, program: string): boolean {
  return !rule.isOfServiceOrApp && (rule.program === null || rule.program.toLowerCase() === program.toLowerCase());
}

function isOfWay({ protocol, remotePorts }: OutboundRule, target: Target): boolean {
  if (protocol !== 'any' && protocol !== target.protocol) return false;
  return remotePorts.some((ports) => {
    if (ports === 'any') return true;
    const [first = '', last = first] = ports.split('-');
    return target.port >= Number(first) && target.port <= Number(last);
  });
}

function isOfProfile({ profiles }: OutboundRule, active: readonly string[]): boolean {
  return profiles.includes('any') || profiles.some((profile) => active.includes(profile));
}

/** Null: it is a word such as `DefaultGateway`, of which only Windows knows what it stands for. */
function holds(range: string, address: string, localSubnets: readonly string[]): boolean | null {
  if (range === 'any') return true;
  if (range === 'localsubnet' || range === (address.includes(':') ? 'localsubnet6' : 'localsubnet4')) {
    return localSubnets.some((subnet) => isInRange(address, subnet));
  }
  if (range.startsWith('localsubnet')) return false;
  return isAddressRange(range) ? isInRange(address, range) : null;
}
