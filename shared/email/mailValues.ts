import type { EmailSettings } from '../contract/email.contract.ts';
import type { Method, UserDetail } from '../contract/users.contract.ts';
import type { MailValues } from './variables.ts';

const methodNames: Readonly<Record<Method, string>> = {
  call: 'Phone call',
  text: 'Text message',
  app: 'Mobile app',
  oath: 'OATH token',
};

/** What every mail can say, whoever reads it. */
export function commonValues(settings: Pick<EmailSettings, 'companyName' | 'portalUrl'>, serverName: string): MailValues {
  return { company_name: settings.companyName, user_portal_url: settings.portalUrl, server_name: serverName };
}

export type ValuedUser = Pick<
  UserDetail,
  'username' | 'firstName' | 'lastName' | 'email' | 'method' | 'phone' | 'extension' | 'backupPhone' | 'backupExtension'
>;

/** What a mail can say about its reader. The PIN is not among it: whoever may open it adds it. */
export function userValues(user: ValuedUser): MailValues {
  const dialled = (phone: string, extension: string) => (phone !== '' && extension !== '' ? `${phone} x${extension}` : phone);
  return {
    name: [user.firstName, user.lastName].filter((part) => part.trim() !== '').join(' ') || user.username,
    first_name: user.firstName,
    last_name: user.lastName,
    username: user.username,
    email: user.email,
    method: methodNames[user.method],
    phone: dialled(user.phone, user.extension),
    backup_phone: dialled(user.backupPhone, user.backupExtension),
  };
}
