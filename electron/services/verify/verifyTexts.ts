import type { VerifyReason } from '../../../shared/contract/verify.contract.ts';

/** Each result as a sentence, for scripts and the log. The window has its own words in renderer/i18n. */
export const verifyTexts: Readonly<Record<VerifyReason, string>> = {
  'oath-code': 'The OATH code is right.',
  bypassed: 'A one-time bypass was open. It is used up now.',
  'disabled-succeeded': 'The user is disabled, and Company Settings let disabled users succeed without a second factor.',
  'user-not-found': 'There is no such user.',
  'user-disabled': 'The user is disabled.',
  locked: 'There were too many wrong PINs or codes. The user is locked for some time.',
  'no-method': 'Something that the method of this user needs is missing.',
  'pin-missing': 'This user needs a PIN, and none was given.',
  'incorrect-pin': 'The PIN is not right.',
  'pin-change-required': 'The PIN is right, and the user must change it before it can be used.',
  'pin-expired': 'The PIN is right, and it has expired.',
  'code-missing': 'This user needs an OATH code, and none was given.',
  'incorrect-code': 'The code is not right.',
  'code-already-used': 'The code is right, and it was used before.',
  'token-expired': 'The OATH token has expired.',
  'token-not-started': 'The OATH token is not valid yet.',
  'needs-phone-service': 'Phone calls need a telephone service, and this server has none. What else is needed was checked.',
  'needs-text-service': 'Text messages need a message service, and this server has none. What else is needed was checked.',
  'needs-app-service': 'The mobile app needs a push service, and this server has none. What else is needed was checked.',
};
