import type { FindingKind } from '../../shared/contract/status.contract.ts';
import type { PaneId } from '../i18n/en/shell.ts';

/** The pane where something can be put right; `status` where no pane of its own is about it. */
export const paneOfFinding: Record<FindingKind, PaneId> = {
  'store-damaged': 'status',
  'settings-unreadable': 'status',
  'keychain-unavailable': 'status',
  'keychain-locked': 'status',
  'backup-failed': 'status',
  'backup-old': 'status',
  'delivery-stopped': 'email',
  'mails-unknown': 'email',
  'mails-failed': 'email',
  'mails-held': 'email',
  'mails-limited': 'email',
  'sender-missing': 'email',
  'disabled-succeed': 'company',
  'users-incomplete': 'users',
  'network-failed': 'firewall',
  'requirements-failed': 'requirements',
  'log-not-written': 'logging',
  'directory-missing': 'directory',
  'directory-stale': 'directory',
  'import-failed': 'directory',
};
