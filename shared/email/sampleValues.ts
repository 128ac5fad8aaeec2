import type { MailValues } from './variables.ts';

/** An invented reader for previews. The number is one that is never assigned (NANP 555-0100 to 555-0199). */
export const sampleValues: MailValues = {
  name: 'Anna Miller',
  first_name: 'Anna',
  last_name: 'Miller',
  username: 'anna.miller@corp.example',
  email: 'anna.miller@corp.example',
  method: 'Phone call',
  phone: '+1 425-555-0100',
  backup_phone: '+1 425-555-0101',
  pin: '4831',
  server_name: 'MFA01',
  sync_item: 'Sales',
  affected_users: '120',
  threshold: '5',
};

export const samplePortalUrl = 'https://mfa.corp.example/portal';
