import type { CompanySettings } from '../../../shared/contract/companySettings.ts';
import type { Implementation } from '../../../shared/contract/define.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { userCommands } from '../../../shared/contract/userCommands.ts';
import type { UserDetail } from '../../../shared/contract/users.contract.ts';
import { needsPin } from '../../../shared/users/completeness.ts';
import { textRefused } from './fieldErrors.ts';
import { defaultMode } from '../../../shared/users/userDefaults.ts';
import { fieldsOf, type UserFields } from '../../../shared/users/userFields.ts';
import type { OwnPinRules } from '../../../shared/pins/pinRules.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import type { Call } from '../../runtime/call.ts';
import { mergeEdit, mergeTags } from './mergedEdit.ts';
import { settleFields, type EntryRules } from './settledFields.ts';
import type { UserReader } from './userReader.ts';
import type { UserWriter, WritablePin } from './userWriter.ts';

export interface UserEditingPorts {
  readonly reader: Pick<UserReader, 'get'>;
  readonly writer: Pick<UserWriter, 'add' | 'edit'>;
  companySettings(): CompanySettings;
  readonly createPhoneParser: EntryRules['createPhoneParser'];
  /**
   * Checks a PIN against the rules, phones and earlier PINs of a user as he is going to be, and hashes it. Throws `pin-refused`,
   * and what the vault throws.
   */
  preparePin(
    user: { readonly id: number | null; readonly phone: string; readonly backupPhone: string; readonly pinRules: OwnPinRules },
    pin: Secret,
  ): Promise<WritablePin>;
  /** Tells everybody who shows users. */
  usersChanged(): void;
}

/** How often an edit is tried again because the user was changed between reading and writing. */
const tries = 5;

/** Adds and edits single users. */
export function createUserEditing(ports: UserEditingPorts): Implementation<typeof userCommands, Call> {
  const { reader, writer } = ports;
  const rules = (): EntryRules => ({ company: ports.companySettings(), createPhoneParser: ports.createPhoneParser });

  async function existing(id: number): Promise<UserDetail> {
    const user = await reader.get({ id });
    if (user) return user;
    throw new AppError('not-found', 'This user no longer exists.', { details: { user: String(id) } });
  }

  async function preparePin(id: number | null, fields: UserFields, pin: string | undefined): Promise<WritablePin | null> {
    if (pin === undefined) return null;
    const { phone, backupPhone } = fields;
    return ports.preparePin({ id, phone, backupPhone, pinRules: pinRulesOf(fields) }, new Secret(pin));
  }

  return {
    async add(changes, call) {
      const entry = rules();
      const start = newUserFields(entry.company);
      const entered = settleFields(fieldsOf(changes), changes, start, entry);
      // Nobody has an empty username, so that one is not "as it was".
      if (entered.username === '') throw textRefused('username', { problem: 'required' });
      const fields = { ...start, ...entered };
      // An initial PIN must normally be changed at its first use (reference §2.4).
      const mustChangePin = entered.mustChangePin ?? needsPin(fields.mode);
      const pin = await preparePin(null, fields, changes.pin);
      const id = await writer.add({ fields: { ...fields, mustChangePin }, tags: changes.tags ?? [], pin });
      call.note({ user: fields.username, id });
      ports.usersChanged();
      return { id };
    },

    async edit({ id, base, changes }, call) {
      for (let attempt = 1; attempt <= tries; attempt += 1) {
        const user = await existing(id);
        const current = fieldsOfUser(user);
        const seen = base ? fieldsOf(base) : {};
        const wanted = settleFields(changedFields(fieldsOf(changes), seen), changes, current, rules());
        const fields = mergeEdit({ wanted, base: seen, current });
        const tags = mergeTags(changes.tags, base?.tags, user.tags);
        const pin = await preparePin(id, { ...current, ...fields }, changes.pin);
        if (Object.keys(fields).length + tags.add.length + tags.remove.length === 0 && !pin) return user;
        if ((await writer.edit({ id, revision: user.revision, fields, tags, pin })) === 'outdated') continue;
        call.note({
          user: user.username,
          ...beforeAndAfter(current, fields),
          ...(changes.tags && { tags }),
          ...(pin && { pin: 'changed' }),
        });
        ports.usersChanged();
        return existing(id);
      }
      throw new AppError('store-busy', 'The user is being changed by others all the time.', { details: { user: String(id) } });
    },
  };
}

/** What a user has who has only a username (reference §5.1). What is null or empty follows Company Settings for good. */
function newUserFields({ userDefaults }: CompanySettings): UserFields {
  return {
    username: '',
    firstName: '',
    lastName: '',
    email: '',
    userGroup: '',
    description: '',
    phone: '',
    phoneValid: false,
    extension: '',
    backupPhone: '',
    backupPhoneValid: false,
    backupExtension: '',
    globalServices: userDefaults.globalServices,
    method: userDefaults.method,
    mode: defaultMode(userDefaults, userDefaults.method),
    enabled: true,
    mustChangePin: false,
    administrator: false,
    whenDisabled: null,
    canChangePhone: null,
    keepPhoneSynced: null,
    languageCall: '',
    languageText: '',
    languageApp: '',
    languageOath: '',
    pinCanChange: null,
    pinMinLength: null,
    pinPreventWeak: null,
    pinExpirationDays: null,
    pinHistory: null,
  };
}

function fieldsOfUser(user: UserDetail): UserFields {
  const { phoneValid, backupPhoneValid, languages, pinRules } = user;
  const { username, firstName, lastName, email, userGroup, description, phone, extension, backupPhone, backupExtension } = user;
  const { globalServices, method, mode, enabled, mustChangePin, administrator, whenDisabled, canChangePhone, keepPhoneSynced } = user;
  return {
    ...{ username, firstName, lastName, email, userGroup, description },
    ...{ phone, phoneValid, extension, backupPhone, backupPhoneValid, backupExtension },
    ...{ globalServices, method, mode, enabled, mustChangePin, administrator, whenDisabled, canChangePhone, keepPhoneSynced },
    ...{ languageCall: languages.call, languageText: languages.text, languageApp: languages.app, languageOath: languages.oath },
    ...{ pinCanChange: pinRules.canChange, pinMinLength: pinRules.minLength, pinPreventWeak: pinRules.preventWeak },
    ...{ pinExpirationDays: pinRules.expirationDays, pinHistory: pinRules.history },
  };
}

function pinRulesOf(fields: UserFields): OwnPinRules {
  return {
    ...{ canChange: fields.pinCanChange, minLength: fields.pinMinLength, preventWeak: fields.pinPreventWeak },
    ...{ expirationDays: fields.pinExpirationDays, history: fields.pinHistory },
  };
}

/** A form sends all it shows; what nobody touched is not looked at. */
function changedFields(entered: Partial<UserFields>, seen: Partial<UserFields>): Partial<UserFields> {
  return Object.fromEntries(Object.entries(entered).filter(([field, value]) => value !== seen[field as keyof UserFields]));
}

/** For the audit log. */
function beforeAndAfter(current: UserFields, fields: Partial<UserFields>): { before: object; after: object } {
  const names = Object.keys(fields) as (keyof UserFields)[];
  return { before: Object.fromEntries(names.map((name) => [name, current[name]])), after: fields };
}
