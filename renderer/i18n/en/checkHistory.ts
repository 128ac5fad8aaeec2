import type { PastCheck } from '../../../shared/contract/network.contract.ts';

/** What became of a check, or is becoming. */
export type CheckState = PastCheck['state'] | 'checking' | 'unknown' | 'off';

/** Words of what the Firewall and Requirements panes have in common: states, schedule and history. */
export const checkHistoryText = {
  states: {
    pass: 'Passed',
    warn: 'Warning',
    fail: 'Failed',
    checking: 'Checking…',
    unknown: 'Not checked',
    off: 'Off',
  } satisfies Record<CheckState, string>,

  schedule: 'Check by itself:',
  every: (hours: number) => {
    if (hours === 0) return 'Never';
    if (hours === 1) return 'Every hour';
    if (hours === 24) return 'Every day';
    return hours === 168 ? 'Every week' : `Every ${hours} hours`;
  },

  title: (subject: string) => `History of ${subject}`,
  list: 'Earlier checks',
  failed: 'The earlier checks could not be read.',
  nothing: 'It was not checked yet.',
  columns: { time: 'Time', state: 'State', roundTrip: 'Round trip', found: 'Found' },
  roundTrip: (ms: number) => `${Math.round(ms)} ms`,
  chart: 'Round trip over time',
  close: 'Close',
} as const;
