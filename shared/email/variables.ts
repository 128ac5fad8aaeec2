/** What `<$name$>` can stand for in a mail (reference §3.5). `name`: first and last name, or the username where there are none. */
export const mailVariables = [
  'name',
  'first_name',
  'last_name',
  'username',
  'email',
  'method',
  'phone',
  'backup_phone',
  'pin',
  'company_name',
  'user_portal_url',
  'server_name',
  'sync_item',
  'affected_users',
  'threshold',
] as const;
export type MailVariable = (typeof mailVariables)[number];

/** A variable that is missing or empty has no value: the line that needs it is left out of the mail. */
export type MailValues = Readonly<Partial<Record<MailVariable, string>>>;

export function isMailVariable(name: string): name is MailVariable {
  return mailVariables.some((known) => known === name);
}
