import { directoryTimeouts, type DirectoryKind, type DirectorySettings } from '../../../shared/contract/directory.contract.ts';
import * as activeDirectory from './activeDirectory.ts';
import * as openLdap from './openLdap.ts';

const common = {
  servers: [{ host: 'localhost', port: 636, security: 'ldaps' }],
  baseDn: '',
  bindDn: '',
  allowPlainText: false,
  caPem: '',
  pins: [],
  // MaxPageSize of Active Directory; asking for more would not give more.
  pageSize: 1000,
  timeouts: directoryTimeouts.parse({ connectMs: 10_000, firstAnswerMs: 60_000, idleMs: 60_000, totalMs: 3_600_000 }),
  defaultCountry: 'US',
  phoneRule: 'first-valid',
  sample: false,
} satisfies Partial<DirectorySettings>;

/** What "Restore Defaults" brings back for each kind of directory. */
export const defaultSettings: Readonly<Record<DirectoryKind, DirectorySettings>> = {
  ad: { ...common, kind: 'ad', filters: activeDirectory.filters, attributes: activeDirectory.attributes },
  openldap: { ...common, kind: 'openldap', filters: openLdap.filters, attributes: openLdap.attributes },
  other: {
    ...common,
    kind: 'other',
    filters: {
      ...openLdap.filters,
      user: '(|(objectClass=inetOrgPerson)(objectClass=person))',
      container: '(|(objectClass=organizationalUnit)(objectClass=organization)(objectClass=domain)(objectClass=container))',
    },
    attributes: openLdap.attributes,
  },
};

/** Filters in force: a blank one means the default of the kind (reference §8.2). */
export function effectiveFilters(settings: DirectorySettings): DirectorySettings['filters'] {
  const defaults = defaultSettings[settings.kind].filters;
  const { container, group, user } = settings.filters;
  return { container: container.trim() || defaults.container, group: group.trim() || defaults.group, user: user.trim() || defaults.user };
}

/** Object classes of entries that hold members, whatever the kind. */
const groupClasses = new Set(['group', 'groupofnames', 'groupofuniquenames', 'posixgroup', 'groupofentries', 'groupofurls']);

export function isGroupClass(objectClasses: readonly string[]): boolean {
  return objectClasses.some((name) => groupClasses.has(name.toLowerCase()));
}
