import type { ChangedBy } from '../../services/users/userWriter.ts';

/**
 * SQL assignments that note who enabled or disabled a user, for an UPDATE that sets `enabled` to `next`; who was so already
 * stays as he was noted. `old` is how the user before is called, such as `u.`. Parameters: `enabledSinceValues`.
 */
export const noteEnabled = (next: string, old = ''): string =>
  ['at', 'by', 'job'].map((name) => `enabled_${name} = iif(${old}enabled IS ${next}, ${old}enabled_${name}, :since_${name})`).join(', ');

export const enabledSinceValues = ({ account, jobId }: ChangedBy, now: number) => ({ since_at: now, since_by: account, since_job: jobId });
