import { dnKey, foldText } from '../data/distinguishedName.ts';
import type { Entry, EntryStore } from '../data/entryStore.ts';

export interface AccountDomain {
  /** Key of the naming context. */
  readonly baseKey: string;
  /** For example `contoso.example`. */
  readonly dnsName: string;
  /** For example `CONTOSO`. */
  readonly netbiosName: string;
}

/** Finds who a bind name means: a DN, a UPN, `name@domain` or `DOMAIN\name` ([MS-ADTS] 5.1.1.1.1). */
export function findAccount(name: string, store: EntryStore, domain: AccountDomain): Entry | undefined {
  const key = name.includes('=') ? dnKey(name) : undefined;
  const byDn = key === undefined ? undefined : store.find(key);
  if (byDn !== undefined) return byDn;
  const folded = foldText(name);
  const byUpn = firstWith('userprincipalname', folded);
  if (byUpn !== undefined) return byUpn;
  const account = accountName(folded);
  return account === undefined ? undefined : firstWith('samaccountname', account);

  function firstWith(attribute: string, value: string): Entry | undefined {
    for (const entry of store.subtree(domain.baseKey)) {
      const found = entry.attributes.get(attribute)?.values[0];
      if (found !== undefined && foldText(found.toString('utf8')) === value) return entry;
    }
    return undefined;
  }

  function accountName(text: string): string | undefined {
    const [prefix = '', rest] = text.split('\\');
    if (rest !== undefined) return prefix === domain.netbiosName.toLowerCase() ? rest : undefined;
    const suffix = `@${domain.dnsName.toLowerCase()}`;
    return text.endsWith(suffix) ? text.slice(0, -suffix.length) : undefined;
  }
}
