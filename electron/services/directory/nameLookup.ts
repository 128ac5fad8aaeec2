import type { DirectorySettings } from '../../../shared/contract/directory.contract.ts';
import { formatDirectoryId } from '../../../shared/directory/mappingIdentifier.ts';
import { formatSid } from '../../../shared/directory/securityIdentifier.ts';
import type { Entry } from '../../../shared/directory/entry.ts';
import type { NamedAccount } from '../../../shared/directory/namedAccount.ts';
import type { DirectoryAccess } from './directoryAccess.ts';
import { allOf, anyOf, escapeValue } from './filters.ts';
import { effectiveFilters } from './kinds.ts';
import { readAll, textsOf } from './reading.ts';

/** Enough to see that a name is not unique. */
const mostAccounts = 2;

/** Looks up people of the configured directory whose username attributes hold exactly this name, two at most. Rejects as any read does. */
export function createNameLookup(access: Pick<DirectoryAccess, 'target' | 'withSession'>) {
  return async (name: string, signal: AbortSignal): Promise<NamedAccount[]> => {
    const target = await access.target();
    const { settings } = target;
    const names = settings.attributes.username.filter((attribute) => attribute !== '');
    const isNamed = anyOf(names.map((attribute) => `(${attribute}=${escapeValue(name)})`)) ?? '';
    const request = {
      ...{ base: settings.baseDn, scope: 'sub' as const, limit: mostAccounts },
      filter: allOf(effectiveFilters(settings).user, isNamed),
      attributes: [...names, settings.attributes.uniqueId, 'objectSid'],
    };
    return access.withSession(target, signal, async (session) => {
      const { entries } = await readAll(session, request, signal);
      return entries.map((entry) => accountOf(entry, names, name, settings));
    });
  };
}

const decoder = new TextDecoder();

function accountOf(entry: Entry, names: readonly string[], name: string, settings: DirectorySettings): NamedAccount {
  const at = names.findIndex((_attribute, index) => textsOf(entry, index).some((text) => text.toLowerCase() === name.toLowerCase()));
  const [id, ...otherIds] = entry.values[names.length] ?? [];
  const [sid] = entry.values[names.length + 1] ?? [];
  return {
    dn: entry.dn,
    // The directory's own rules of comparison may be wider than ours.
    matched: names[at] ?? names[0] ?? '',
    directoryId:
      id === undefined || otherIds.length > 0
        ? ''
        : (formatDirectoryId(id, settings.attributes.uniqueIdType, (bytes) => decoder.decode(bytes)) ?? ''),
    sid: sid === undefined ? '' : (formatSid(sid) ?? ''),
  };
}
