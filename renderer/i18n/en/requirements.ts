import type { RequirementKind } from '../../../shared/contract/requirements.contract.ts';

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

/** Words of the Requirements pane. */
export const requirementsText = {
  list: 'Requirements',
  intro: 'Whether this computer, and what the console depends on, is as it has to be.',
  looking: 'Looking at this computer…',
  failed: 'The requirements could not be checked.',
  tryAgain: 'Try again',
  check: 'Check again',
  checkedAt: (at: string) => `Checked ${at}.`,
  summary: ({ pass, warn, fail }: Readonly<Record<'pass' | 'warn' | 'fail', number>>) =>
    [`${pass} passed`, plural(warn, 'warning', 'warnings'), `${fail} failed`].join(', '),
  columns: { state: 'State', kind: 'Requirement', found: 'Found', fix: 'What to do', history: 'Earlier' },
  historyOf: (kind: string) => `History of ${kind}`,
  kinds: {
    disk: 'Disk',
    memory: 'Memory',
    processor: 'Processor',
    system: 'Operating system',
    program: 'Program',
    'data-folder': 'Data folder',
    store: 'File of users',
    keychain: 'Keychain',
    clock: 'Clock',
    directory: 'Directory',
    'directory-certificate': 'Certificate of the directory',
    relay: 'Mail relay',
    'relay-certificate': 'Certificate of the mail relay',
    'activation-certificate': 'Certificate of this server',
  } satisfies Record<RequirementKind, string>,

  timeServer: 'Time server…',
  timeServerTitle: 'Time Server',
  timeServerIntro: 'The clock of this computer is compared with this server: a domain controller, or any other that speaks NTP.',
  timeServerLabel: 'Time server:',
  timeServerHint: 'Empty: the clock is not compared',
  timeServerProblem: 'A host name or an IP address, with or without :port.',
  timeServerFailed: 'The time server could not be saved.',
  apply: 'Apply',
  cancel: 'Cancel',
} as const;
