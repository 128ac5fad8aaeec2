import type { DirectoryKind } from '../contract/directory.contract.ts';
import type { Entry } from './entry.ts';
import type { DecodeUtf8 } from './mappingText.ts';

/** ADS_UF_ACCOUNTDISABLE (MS-ADTS 2.2.16). */
const accountDisableBit = 0x2;
/** "Locked until an administrator acts" (draft-behera-ldap-password-policy §5.3.3); other times pass by themselves. */
const lockedForever = '000001010000Z';

/** Reads from an entry whether its account is disabled. Adds the attributes it needs through `ask`, which answers their position. */
export function createAccountState(
  kind: DirectoryKind,
  ask: (attribute: string) => number,
  decodeUtf8: DecodeUtf8,
): (values: Entry['values']) => boolean {
  const first = (values: Entry['values'], at: number): string => {
    const value = values[at]?.[0];
    return value === undefined || value.length > 64 ? '' : decodeUtf8(value).trim();
  };
  if (kind === 'ad') {
    const at = ask('userAccountControl');
    return (values) => (Number(first(values, at)) & accountDisableBit) !== 0;
  }
  const lockedAt = ask('pwdAccountLockedTime');
  if (kind === 'openldap') return (values) => first(values, lockedAt) === lockedForever;
  // 389 Directory Server and its relatives; eDirectory.
  const switches = ['nsAccountLock', 'loginDisabled'].map(ask);
  return (values) => first(values, lockedAt) === lockedForever || switches.some((at) => first(values, at).toUpperCase() === 'TRUE');
}
