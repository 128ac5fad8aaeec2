import { dnKey } from '../data/distinguishedName.ts';
import type { Entry } from '../data/entryStore.ts';
import type { FilterScope } from './filterScope.ts';
import { matchKey, syntaxOf, type Syntax } from './schema.ts';

export type Test = (value: Buffer, entry: Entry) => boolean;

/** Prepares a rule for an asserted value. Undefined where rule, attribute and value do not go together. */
type MatchingRule = (asserted: Buffer, attribute: string | undefined, scope: FilterScope) => Test | undefined;

/** Matching rules by OID and by name in lower case: RFC 4517 section 4.2, and [MS-ADTS] 3.1.1.3.4.4 for those of Windows. */
export const matchingRules: Readonly<Record<string, MatchingRule>> = {
  '1.2.840.113556.1.4.803': bitRule((value, mask) => (value & mask) === mask),
  '1.2.840.113556.1.4.804': bitRule((value, mask) => (value & mask) !== 0n),
  '1.2.840.113556.1.4.1941': inChainRule,
  '2.5.13.1': syntaxRule('dn'),
  distinguishednamematch: syntaxRule('dn'),
  '2.5.13.2': syntaxRule('text'),
  caseignorematch: syntaxRule('text'),
  '2.5.13.5': exactRule,
  caseexactmatch: exactRule,
  '2.5.13.14': syntaxRule('integer'),
  integermatch: syntaxRule('integer'),
  '2.5.13.17': syntaxRule('bytes'),
  octetstringmatch: syntaxRule('bytes'),
};

function bitRule(test: (value: bigint, mask: bigint) => boolean): MatchingRule {
  return (asserted, attribute, { schema }) => {
    const mask = matchKey(asserted, 'integer', schema);
    if (typeof mask !== 'bigint' || syntaxOf(attribute ?? '') !== 'integer') return undefined;
    return (value) => {
      const number = matchKey(value, 'integer', schema);
      // Windows compares 32-bit values: groupType is negative, its mask is usually written as 2147483648.
      return typeof number === 'bigint' && test(number, mask);
    };
  };
}

function syntaxRule(syntax: Syntax): MatchingRule {
  return (asserted, _attribute, { schema }) => {
    const wanted = matchKey(asserted, syntax, schema);
    return wanted === undefined ? undefined : (value) => matchKey(value, syntax, schema) === wanted;
  };
}

function exactRule(asserted: Buffer): Test {
  return (value) => value.equals(asserted);
}

/**
 * LDAP_MATCHING_RULE_IN_CHAIN: follows a link through any number of objects, circles included.
 * All entries that lead to the target are found once, from the target backwards, so that testing an entry is a look-up.
 */
function inChainRule(asserted: Buffer, attribute: string | undefined, { store }: FilterScope): Test | undefined {
  const target = dnKey(asserted.toString('utf8'));
  if (target === undefined || attribute === undefined || syntaxOf(attribute) !== 'dn') return undefined;
  const step = linksInto(attribute, store);
  const reached = new Set<string>();
  for (const open = [target]; open.length > 0;) {
    for (const key of step(open.pop() ?? '')) {
      if (reached.has(key)) continue;
      reached.add(key);
      open.push(key);
    }
  }
  return (_value, entry) => reached.has(entry.key);
}

/** From a target to the entries whose attribute names it. memberOf is stored as member on the other side. */
function linksInto(attribute: string, store: FilterScope['store']): (target: string) => readonly string[] {
  const forward = { memberof: 'member', directreports: 'manager' }[attribute];
  if (forward === undefined) {
    return (target) => (store.referrers(attribute).get(target) ?? []).map(({ key }) => key);
  }
  return (target) => (store.find(target)?.attributes.get(forward)?.values ?? []).flatMap((value) => dnKey(value.toString('utf8')) ?? []);
}
