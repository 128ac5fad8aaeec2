import type { UserMailing } from './mailingPort.ts';

/** For tests and benchmarks of services that change users without mailing them. */
export const noMails: UserMailing = {
  rules: () => ({ sendEmails: false, canEnroll: false }),
  begin: () => null,
  verdict: () => ({ template: null, to: '', reason: 'switched-off' }),
  queueOne: () => Promise.reject(new Error('not asked')),
  queue: () => Promise.reject(new Error('not asked')),
};
