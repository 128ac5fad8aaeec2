import type { Entry } from '../data/entryStore.ts';
import type { BindRefusal } from './bindVerdict.ts';

const accountDisabled = 0x2;
/** Both spellings of "never expires" in accountExpires, [MS-ADA1] 2.1. */
const never = new Set(['0', '9223372036854775807']);

/**
 * Says what the attributes of an account forbid, as a domain controller does after the password was right.
 * `nowMs` is Unix time. Undefined = nothing forbids the bind.
 */
export function accountRefusal(account: Entry, nowMs: number): BindRefusal | undefined {
  const text = (name: string) => account.attributes.get(name)?.values[0]?.toString('latin1');
  const expires = text('accountexpires');
  if ((text('lockouttime') ?? '0') !== '0') return 'locked-out';
  if ((Number(text('useraccountcontrol') ?? '512') & accountDisabled) !== 0) return 'disabled';
  if (expires !== undefined && !never.has(expires) && fileTimeToUnixMs(expires) <= nowMs) return 'account-expired';
  if (text('pwdlastset') === '0') return 'must-change-password';
  return undefined;
}

/** Windows counts 100 ns from 1601. */
function fileTimeToUnixMs(text: string): number {
  return Number(text) / 10_000 - 11_644_473_600_000;
}
