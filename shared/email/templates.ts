import type { Method, Mode } from '../contract/users.contract.ts';
import type { MailVariable } from './variables.ts';

/** What a mail to a user is about (reference §3.3). */
export const mailEvents = ['new-user', 'updated-user', 'user-enrollment'] as const;
export type MailEvent = (typeof mailEvents)[number];

interface UserTemplate {
  readonly id: string;
  readonly audience: 'users';
  readonly method: Method;
  readonly mode: Mode;
  readonly event: MailEvent;
  /** As the tree of the original product says it: “Phone Call - PIN - New User”. */
  readonly title: string;
}

interface AdministratorTemplate {
  readonly id: string;
  readonly audience: 'administrators';
  readonly title: string;
}

export type MailTemplate = UserTemplate | AdministratorTemplate;

const eventTitles: Readonly<Record<MailEvent, string>> = {
  'new-user': 'New User',
  'updated-user': 'Updated User',
  'user-enrollment': 'User Enrollment',
};

const variants: readonly { readonly method: Method; readonly mode: Mode; readonly title: string; readonly events: readonly MailEvent[] }[] =
  [
    { method: 'call', mode: 'standard', title: 'Phone Call - Standard', events: mailEvents },
    { method: 'call', mode: 'pin', title: 'Phone Call - PIN', events: mailEvents },
    { method: 'text', mode: 'one-way-otp', title: 'Text Message - One-Way - OTP', events: mailEvents },
    { method: 'text', mode: 'one-way-otp-pin', title: 'Text Message - One-Way - OTP + PIN', events: mailEvents },
    { method: 'text', mode: 'two-way-otp', title: 'Text Message - Two-Way - OTP', events: mailEvents },
    { method: 'text', mode: 'two-way-otp-pin', title: 'Text Message - Two-Way - OTP + PIN', events: mailEvents },
    // Nothing that is mailed can change for a user of these two: they have neither a phone nor a PIN.
    { method: 'app', mode: 'standard', title: 'Mobile App - Standard', events: ['new-user', 'user-enrollment'] },
    { method: 'app', mode: 'pin', title: 'Mobile App - PIN', events: mailEvents },
    { method: 'oath', mode: 'token', title: 'OATH Token', events: ['new-user', 'user-enrollment'] },
  ];

/** The 25 mails to users, in the order of the tree. */
const userTemplates: readonly UserTemplate[] = variants.flatMap(({ method, mode, title, events }) =>
  events.map((event) => ({
    id: `${method}-${mode}-${event}`,
    audience: 'users' as const,
    method,
    mode,
    event,
    title: `${title} - ${eventTitles[event]}`,
  })),
);

/** Mails to the administrators whose addresses are in the settings. */
const administratorTemplates: readonly AdministratorTemplate[] = [
  { id: 'sync-approval', audience: 'administrators', title: 'Administrators - Synchronization needs approval' },
  { id: 'test-mail', audience: 'administrators', title: 'Administrators - Test mail' },
];

export const mailTemplates: readonly MailTemplate[] = [...userTemplates, ...administratorTemplates];

export function findTemplate(id: string): MailTemplate | undefined {
  return mailTemplates.find((template) => template.id === id);
}

/** The mail for a user of this method and mode; undefined where there is none, see `variants`. */
export function templateFor(method: Method, mode: Mode, event: MailEvent): MailTemplate | undefined {
  return userTemplates.find((template) => template.method === method && template.mode === mode && template.event === event);
}

const person: readonly MailVariable[] = [
  'name',
  'first_name',
  'last_name',
  'username',
  'email',
  'method',
  'company_name',
  'user_portal_url',
];

/** Which variables have a meaning in a template. Who is to enroll has no phone and no PIN yet. */
export function allowedVariables(template: MailTemplate): readonly MailVariable[] {
  if (template.audience === 'administrators') {
    const common: readonly MailVariable[] = ['company_name', 'server_name'];
    return template.id === 'sync-approval' ? [...common, 'sync_item', 'affected_users', 'threshold'] : common;
  }
  if (template.event === 'user-enrollment') return person;
  const phones: readonly MailVariable[] = template.method === 'call' || template.method === 'text' ? ['phone', 'backup_phone'] : [];
  return [...person, ...phones, ...(template.mode.endsWith('pin') ? (['pin'] as const) : [])];
}
