import type { CompanySettings } from '../../../shared/contract/companySettings.ts';
import type { Implementation } from '../../../shared/contract/define.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { MailOutcome } from '../../../shared/contract/sendEmail.ts';
import type { userCommands } from '../../../shared/contract/userCommands.ts';
import type { UserDetail } from '../../../shared/contract/users.contract.ts';
import { mailedFields, type MailCampaign } from '../../../shared/email/mailPlan.ts';
import { missingOf, needsPin } from '../../../shared/users/completeness.ts';
import { textRefused } from './fieldErrors.ts';
import { fieldsOf, fieldsOfUser, newUserFields, type UserFields } from '../../../shared/users/userFields.ts';
import type { OwnPinRules } from '../../../shared/pins/pinRules.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import type { Call } from '../../runtime/call.ts';
import { mergeEdit, mergeTags } from './mergedEdit.ts';
import { settleFields, type EntryRules, type PhoneCountries } from './settledFields.ts';
import type { UserReader } from './userReader.ts';
import type { MailChange, UserMailing } from './mailingPort.ts';
import type { ChangedBy, UserWriter, WritablePin } from './userWriter.ts';

export interface UserEditingPorts {
  readonly reader: Pick<UserReader, 'get'>;
  readonly writer: Pick<UserWriter, 'add' | 'edit'>;
  companySettings(): CompanySettings;
  readonly createPhoneParser: EntryRules['createPhoneParser'];
  /**
   * Checks a PIN against the rules, phones and earlier PINs of a user as he is going to be, and hashes it. Throws `pin-refused`,
   * and what the vault throws. One that a mail tells is sealed for it, and has to be changed.
   */
  preparePin(
    user: { readonly id: number | null; readonly phone: string; readonly backupPhone: string; readonly pinRules: OwnPinRules },
    pin: Secret,
    isMailed?: boolean,
  ): Promise<WritablePin>;
  readonly mails: UserMailing;
  newId(): string;
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

  async function preparePin(
    id: number | null,
    fields: UserFields,
    pin: string | undefined,
    isMailed: boolean,
  ): Promise<WritablePin | null> {
    if (pin === undefined) return null;
    const { phone, backupPhone } = fields;
    return ports.preparePin({ id, phone, backupPhone, pinRules: pinRulesOf(fields) }, new Secret(pin), isMailed && needsPin(fields.mode));
  }

  /** A new user as he is going to be. */
  function newUser(changes: Parameters<typeof fieldsOf>[0] & PhoneCountries): { entered: Partial<UserFields>; fields: UserFields } {
    const entry = rules();
    const start = newUserFields(entry.company);
    const entered = settleFields(fieldsOf(changes), changes, start, entry);
    // Nobody has an empty username, so that one is not "as it was".
    if (entered.username === '') throw textRefused('username', { problem: 'required' });
    return { entered, fields: { ...start, ...entered } };
  }

  /** As for an action: null where nobody is mailed. */
  function campaignOf(sendEmail: boolean | undefined): MailCampaign | null {
    const begun = ports.mails.begin(sendEmail ? 'new-and-updated' : 'none');
    return begun && { ...begun, campaign: ports.newId() };
  }

  /** What became of the mail of a user who is written. */
  async function mailOf(campaign: MailCampaign | null, user: UserDetail, change: MailChange): Promise<MailOutcome> {
    if (campaign) return ports.mails.queueOne(campaign.campaign, user.id, change);
    return { ...ports.mails.verdict(user, change, 'new-and-updated'), state: null };
  }

  return {
    async add({ sendEmail, ...changes }, call) {
      const campaign = campaignOf(sendEmail);
      const { entered, fields } = newUser(changes);
      // An initial PIN must normally be changed at its first use (reference §2.4).
      const mustChangePin = entered.mustChangePin ?? needsPin(fields.mode);
      const pin = await preparePin(null, fields, changes.pin, campaign !== null);
      const id = await writer.add({
        fields: { ...fields, mustChangePin },
        tags: changes.tags ?? [],
        pin,
        by: byHand(call),
        mail: campaign,
      });
      call.note({ user: fields.username, id });
      ports.usersChanged();
      if (!sendEmail) return { id };
      return { id, mail: await mailOf(campaign, await existing(id), { before: null, mailedChange: true }) };
    },

    async edit({ id, base, changes, sendEmail }, call) {
      const campaign = campaignOf(sendEmail);
      for (let attempt = 1; attempt <= tries; attempt += 1) {
        const user = await existing(id);
        const current = fieldsOfUser(user);
        const seen = base ? fieldsOf(base) : {};
        const wanted = settleFields(changedFields(fieldsOf(changes), seen), changes, current, rules());
        const fields = mergeEdit({ wanted, base: seen, current });
        const tags = mergeTags(changes.tags, base?.tags, user.tags);
        const pin = await preparePin(id, { ...current, ...fields }, changes.pin, campaign !== null);
        const isSame = Object.keys(fields).length + tags.add.length + tags.remove.length === 0 && !pin;
        const change = { before: user, mailedChange: isMailed(fields) || pin !== null };
        if (
          !isSame &&
          (await writer.edit({ id, revision: user.revision, fields, tags, pin, by: byHand(call), mail: campaign })) === 'outdated'
        )
          continue;
        if (isSame) return sendEmail ? { ...user, mail: await mailOf(null, user, change) } : user;
        call.note({
          user: user.username,
          ...beforeAndAfter(current, fields),
          ...(changes.tags && { tags }),
          ...(pin && { pin: 'changed' }),
        });
        ports.usersChanged();
        const written = await existing(id);
        return sendEmail ? { ...written, mail: await mailOf(campaign, written, change) } : written;
      }
      throw new AppError('store-busy', 'The user is being changed by others all the time.', { details: { user: String(id) } });
    },

    async previewMail({ id, changes, newPin }) {
      const user = id === null ? null : await existing(id);
      const current = user && fieldsOfUser(user);
      const entered = current
        ? settleFields(changedFields(fieldsOf(changes), current), changes, current, rules())
        : newUser(changes).fields;
      const fields = { ...(current ?? newUser(changes).fields), ...entered };
      const hasPin = newPin || user?.hasPin === true;
      const missing = missingOf({ ...fields, hasPin, hasApp: (user?.devices.length ?? 0) > 0, hasToken: (user?.tokens.length ?? 0) > 0 });
      const after = { ...fields, complete: missing.length === 0 };
      const mailedChange = newPin || current === null || isMailed(mergeEdit({ wanted: entered, base: {}, current }));
      return ports.mails.verdict(after, { before: user, mailedChange }, 'new-and-updated');
    },
  };
}

const byHand = ({ caller }: Call): ChangedBy => ({ account: caller.account, jobId: '' });

const isMailed = (fields: Partial<UserFields>): boolean => mailedFields.some((field) => field in fields);

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
