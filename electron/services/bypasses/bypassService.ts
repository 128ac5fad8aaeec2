import { bypassReasonLimit, type Bypass, type bypassesContract } from '../../../shared/contract/bypasses.contract.ts';
import type { Implementation } from '../../../shared/contract/define.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { UserRef } from '../../../shared/contract/userRef.ts';
import type { Call } from '../../runtime/call.ts';

/** Open means: not used, not revoked, and `now` is before its end. */
export interface BypassStore {
  /** Revokes an open one of the same user. Answers null when there is no such user. */
  start(bypass: { userId: number; seconds: number; reason: string; startedBy: string }, now: number): Promise<Bypass | null>;
  list(window: { show: 'open' | 'all'; offset: number; limit: number }, now: number): { bypasses: Bypass[]; total: number };
  openOf(userId: number, now: number): Bypass | null;
  /** True when one was open and is used up by this call; of two that come at once, one gets it. */
  use(userId: number, now: number): Promise<boolean>;
  revoke(userId: number, revokedBy: string, now: number): Promise<number>;
}

export interface BypassPorts {
  readonly store: BypassStore;
  findUser(user: UserRef, signal: AbortSignal): Promise<{ readonly id: number; readonly username: string } | null>;
  now(): number;
  changed(userId: number): void;
}

export function createBypassService({ store, findUser, now, changed }: BypassPorts): Implementation<typeof bypassesContract, Call> {
  async function find(user: UserRef, { signal }: Call) {
    const found = await findUser(user, signal);
    if (found) return found;
    const name = 'username' in user ? user.username : String(user.id);
    throw new AppError('not-found', `There is no user ${name}.`, { details: { user: name } });
  }

  return {
    async start({ user, seconds, reason: typed }, call) {
      const reason = checkReason(typed);
      const { id, username } = await find(user, call);
      const started = await store.start({ userId: id, seconds, reason, startedBy: call.caller.account }, now());
      if (!started) throw new AppError('not-found', `There is no user ${username}.`, { details: { user: username } });
      call.note({ username, expiresAt: started.expiresAt });
      changed(id);
      return started;
    },
    async list(window) {
      return store.list(window, now());
    },
    async revoke({ user }, call) {
      const { id, username } = await find(user, call);
      const revoked = await store.revoke(id, call.caller.account, now());
      call.note({ username, revoked });
      if (revoked > 0) changed(id);
      return { revoked };
    },
  };
}

/** One line that says something. Throws `invalid-input`. */
function checkReason(typed: string): string {
  const reason = typed.trim();
  const problem =
    reason === ''
      ? 'Give a reason for the one-time bypass.'
      : reason.length > bypassReasonLimit
        ? `The reason has ${reason.length} characters. At most ${bypassReasonLimit} are possible.`
        : /[\p{Cc}\p{Cs}\u2028\u2029]/u.test(reason)
          ? 'The reason contains a control character.'
          : undefined;
  if (problem) throw new AppError('invalid-input', problem, { details: { field: 'reason', problem } });
  return reason;
}
