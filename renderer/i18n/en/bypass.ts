import type { Bypass } from '../../../shared/contract/bypasses.contract.ts';
import { instantText } from '../../ui/instants.ts';

const states: Readonly<Record<Bypass['state'], string>> = { open: 'Open', used: 'Used', expired: 'Expired', revoked: 'Revoked' };

export const bypassText = {
  title: (username: string) => `One-time bypass for ${username}`,
  titleLoading: 'One-time bypass',
  intro: 'Lets the user sign in once without the second factor. Make sure that you know who is asking.',
  seconds: 'Seconds',
  secondsHint: (most: number) => `From 1 to ${most}.`,
  reason: 'Reason',
  reasonHint: 'Is kept in the audit log.',
  reasonMissing: 'Give a reason.',
  reasonTooLong: (most: number) => `At most ${most} characters.`,
  start: 'Start',
  close: 'Close',
  started: (until: number) => `Open until ${instantText(until)}, for one sign-in.`,
  openAlready: (until: number) => `One is open until ${instantText(until)}. A new one takes its place.`,
  loadFailed: 'The user could not be read.',
  startFailed: 'The one-time bypass was not started.',

  listTitle: 'One-time bypasses',
  show: 'Show',
  showOpen: 'Open ones',
  showAll: 'All, newest first',
  table: 'One-time bypasses',
  columns: { user: 'Username', state: 'State', started: 'Started', by: 'By', until: 'Until', reason: 'Reason', revoke: 'Revoke' },
  states,
  removedUser: 'Removed user',
  revoke: 'Revoke',
  revokeOf: (username: string) => `Revoke the bypass of ${username}`,
  revoked: (username: string) => `The bypass of ${username} is revoked.`,
  alreadyOver: (username: string) => `The bypass of ${username} was over already.`,
  none: 'Nobody may skip the second factor now.',
  noneEver: 'There has been no one-time bypass yet.',
  counted: (shown: number, total: number) => (shown < total ? `${shown} of ${total}` : String(total)),
  listFailed: 'The list could not be read.',
  revokeFailed: 'The bypass was not revoked.',
} as const;
