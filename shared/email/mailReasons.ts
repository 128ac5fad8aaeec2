/** Why a user gets no mail (reference §3.4). */
export const noMailReasons = [
  'switched-off',
  'not-wanted',
  'no-address',
  'address-not-valid',
  'disabled',
  'incomplete-without-portal',
  'nothing-mailed-changed',
  'updates-not-mailed',
  'no-template',
  'other-method',
] as const;
export type NoMailReason = (typeof noMailReasons)[number];

/** Why a user gets one. */
export const mailReasons = ['can-sign-in-now', 'must-enroll', 'data-changed'] as const;
export type MailReason = (typeof mailReasons)[number];
