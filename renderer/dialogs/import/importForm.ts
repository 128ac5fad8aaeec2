import { defaultCompanySettings } from '../../../shared/contract/companySettings.ts';
import type { DirectorySettings, ImportScope, PhoneType } from '../../../shared/contract/directory.contract.ts';
import { phoneTypes } from '../../../shared/contract/directory.contract.ts';
import type { enableRules, ImportRequest } from '../../../shared/contract/imports.contract.ts';
import type { SendEmail } from '../../../shared/contract/sendEmail.ts';
import type { Method, Mode } from '../../../shared/contract/users.contract.ts';

/** What the left side of the dialog shows. */
export type View = 'containers' | 'groups' | 'search';

/** The entries of the "Import" combo box. */
export type ScopeKind = 'users' | 'container' | 'container-below' | 'group' | 'group-recursive';

const kindsOfView: Readonly<Record<View, readonly ScopeKind[]>> = {
  containers: ['users', 'container', 'container-below'],
  groups: ['users', 'group', 'group-recursive'],
  search: ['users'],
};

/** Which scopes make sense beside a view. */
export function scopeKindsOf(view: View): readonly ScopeKind[] {
  return kindsOfView[view];
}

const twins: Readonly<Partial<Record<ScopeKind, ScopeKind>>> = {
  container: 'group',
  'container-below': 'group-recursive',
  group: 'container',
  'group-recursive': 'container-below',
};

/** The scope after another view was opened: the same, else its counterpart there, else the selected users. */
export function scopeKindFor(view: View, kind: ScopeKind): ScopeKind {
  const offered = scopeKindsOf(view);
  const twin = twins[kind];
  if (offered.includes(kind)) return kind;
  return twin && offered.includes(twin) ? twin : 'users';
}

/** What is selected in the lists of the dialog. */
export interface Selection {
  readonly container: string | null;
  readonly group: string | null;
  readonly users: ReadonlySet<string>;
}

/** The chosen scope, or what has to be selected first. */
export type ScopeChoice = { readonly scope: ImportScope } | { readonly missing: 'users' | 'container' | 'group' };

export function chooseScope(kind: ScopeKind, { container, group, users }: Selection): ScopeChoice {
  switch (kind) {
    case 'users':
      return users.size > 0 ? { scope: { kind: 'users', dns: [...users] } } : { missing: 'users' };
    case 'container':
    case 'container-below':
      return container === null
        ? { missing: 'container' }
        : { scope: { kind: 'containers', dns: [container], below: kind === 'container-below' } };
    case 'group':
    case 'group-recursive':
      return group === null ? { missing: 'group' } : { scope: { kind: 'group', dn: group, recursive: kind === 'group-recursive' } };
  }
}

/** Whose entries the grid shows; null while nothing is selected. "Selected users" are picked among those directly in the selected place. */
export function gridScope(view: View, kind: ScopeKind, { container, group }: Selection): ImportScope | null {
  if (view === 'containers') return container === null ? null : { kind: 'containers', dns: [container], below: kind === 'container-below' };
  if (view === 'groups') return group === null ? null : { kind: 'group', dn: group, recursive: kind === 'group-recursive' };
  return null;
}

/** The three tabs at the bottom of the dialog. */
export interface ImportOptions {
  readonly addNew: boolean;
  readonly updateExisting: boolean;
  readonly phone: PhoneType | null;
  readonly backupPhone: PhoneType | null;
  readonly enabled: boolean;
  readonly enableRule: Exclude<(typeof enableRules)[number], 'none'>;
  readonly method: Method;
  /** One mode for each method, so that trying another method loses nothing. */
  readonly modes: Readonly<Record<Method, Mode>>;
  readonly languages: ImportRequest['languages'];
  readonly sendEmail: SendEmail;
}

/** As the original opens the dialog: new users get what Company Settings say. With `phone`, as far as that type is mapped. */
export function initialOptions(phone: PhoneType | null = null, defaults = defaultCompanySettings.userDefaults): ImportOptions {
  return {
    addNew: true,
    updateExisting: false,
    phone,
    backupPhone: null,
    enabled: true,
    enableRule: 'new-with-phone',
    method: defaults.method,
    modes: { call: defaults.callMode, text: defaults.textMode, app: defaults.appMode, oath: 'token' },
    languages: { call: '', text: '', app: '', oath: '' },
    sendEmail: 'none',
  };
}

/** Whether new users are added and none of them enabled, because the rule asks for a phone and none is imported. */
export function enablesNobody({ addNew, enabled, enableRule, phone }: ImportOptions): boolean {
  return addNew && enabled && enableRule === 'new-with-phone' && phone === null;
}

/** The phone types that the directory maps to an attribute; others cannot be imported. */
export function mappedPhones(settings: DirectorySettings): readonly PhoneType[] {
  return phoneTypes.filter((type) => settings.attributes[type] !== '');
}

/** Options that fit these settings: a phone type that is no longer mapped is given up. */
export function fitOptions(options: ImportOptions, settings: DirectorySettings): ImportOptions {
  const mapped = mappedPhones(settings);
  const keep = (type: PhoneType | null) => (type !== null && mapped.includes(type) ? type : null);
  return { ...options, phone: keep(options.phone), backupPhone: keep(options.backupPhone) };
}

export function buildRequest(scope: ImportScope, filter: string, options: ImportOptions): ImportRequest {
  return {
    scope,
    filter: filter.trim(),
    addNew: options.addNew,
    updateExisting: options.updateExisting,
    phone: options.phone,
    backupPhone: options.backupPhone,
    enable: options.enabled ? options.enableRule : 'none',
    method: options.method,
    mode: options.modes[options.method],
    languages: options.languages,
    ...(options.sendEmail !== 'none' && { sendEmail: options.sendEmail }),
  };
}
