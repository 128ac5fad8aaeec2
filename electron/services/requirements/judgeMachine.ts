import type { VaultState } from '../../../shared/contract/app.contract.ts';
import type { Requirement, RequirementKind } from '../../../shared/contract/requirements.contract.ts';
import type { FolderState, Machine } from './requirementPorts.ts';

const MB = 1024 ** 2;
const GB = 1024 ** 3;

export const passed = (kind: RequirementKind, reason: string): Requirement => ({ kind, state: 'pass', reason, fix: '' });
export const warned = (kind: RequirementKind, reason: string, fix: string): Requirement => ({ kind, state: 'warn', reason, fix });
export const failed = (kind: RequirementKind, reason: string, fix: string): Requirement => ({ kind, state: 'fail', reason, fix });

const size = (bytes: number) => (bytes >= GB ? `${(bytes / GB).toFixed(1)} GB` : `${Math.floor(bytes / MB)} MB`);
const count = (number: number) => new Intl.NumberFormat('en').format(number);

/** The product's own requirement, and room for backups and logs besides. */
export function judgeDisk({ freeBytes, path }: FolderState): Requirement {
  const reason = `${size(freeBytes)} are free where the data is kept (${path}).`;
  const fix = 'Free some space, or move the data folder to a larger disk (MFA_DATA_DIR).';
  if (freeBytes < 200 * MB) return failed('disk', `${reason} The console needs 200 MB.`, fix);
  return freeBytes < GB ? warned('disk', `${reason} Backups and logs need more than 1 GB.`, fix) : passed('disk', reason);
}

/** Memory by number of users, as the old product wanted it. */
const memoryTable = [
  [10_000, 4],
  [50_000, 8],
  [100_000, 12],
  [200_000, 16],
  [Number.POSITIVE_INFINITY, 32],
] as const;
/** Of what is built in, the system and the graphics keep some for themselves. */
const tolerance = 0.9;

export function judgeMemory({ memoryBytes }: Machine, users: number | null): Requirement {
  const [, neededGb] = memoryTable.find(([most]) => (users ?? 0) <= most)!;
  const reason = `This computer has ${size(memoryBytes)} of memory${users === null ? '' : `, for ${count(users)} ${users === 1 ? 'user' : 'users'}`}.`;
  if (memoryBytes < tolerance * GB) return failed('memory', `${reason} The console needs 1 GB.`, 'Give this computer more memory.');
  if (memoryBytes < tolerance * neededGb * GB) {
    return warned(
      'memory',
      `${reason} ${neededGb} GB are recommended${users === null ? '' : ' for so many'}.`,
      `Give this computer ${neededGb} GB, above all where other programs run on it too.`,
    );
  }
  return passed('memory', reason);
}

export function judgeProcessor({ architecture, processors }: Machine): Requirement {
  const reason = `${processors} ${processors === 1 ? 'processor' : 'processors'} (${architecture}).`;
  if (architecture === 'x64' || architecture === 'arm64') return passed('processor', reason);
  return warned('processor', `${reason} The console is tested on x64 and arm64 only.`, 'Move it to a computer of one of these kinds.');
}

/** Windows Server 2016 and Windows 10 1607: the oldest that Node 24 supports. */
const oldestWindowsBuild = 14_393;

export function judgeSystem({ platform, release, system }: Machine): Requirement {
  const reason = `${system} (${release}).`;
  const numbers = release.split(/[.-]/).map(Number);
  const [major = 0, minor = 0, build = 0] = numbers;
  const isOld = {
    win32: major < 10 || (major === 10 && build < oldestWindowsBuild),
    linux: major < 4 || (major === 4 && minor < 18),
    // macOS 13
    darwin: major < 22,
  }[platform];
  if (isOld === undefined)
    return warned('system', `${reason} The console is not tested on this system.`, 'Use Windows Server, Linux or macOS.');
  if (!isOld) return passed('system', reason);
  return failed(
    'system',
    `${reason} This version is too old for the console.`,
    'Upgrade to Windows Server 2016 or later, Linux 4.18 or later, or macOS 13 or later.',
  );
}

export function judgeProgram({ node }: Machine, version: string): Requirement {
  const reason = `Console ${version} on Node ${node}.`;
  if (Number(node.split('.')[0]) >= 24) return passed('program', reason);
  return failed('program', `${reason} It needs Node 24 or later.`, 'Start the console with the Node that comes with it.');
}

export function judgeFolder({ path, problem, isOpenToOthers, isNetwork, fileSystem }: FolderState): Requirement {
  const where = fileSystem === null ? path : `${path} (${fileSystem})`;
  if (problem !== null) {
    return failed(
      'data-folder',
      `Nothing can be written to ${where}: ${problem}`,
      'Give the account that runs the console the right to write there.',
    );
  }
  if (isNetwork) {
    return failed(
      'data-folder',
      `${where} is on a network drive, where the data can be damaged.`,
      'Move the data folder to a local disk (MFA_DATA_DIR).',
    );
  }
  if (isOpenToOthers === true) {
    return warned(
      'data-folder',
      `Other accounts of this computer can read ${where}.`,
      'Take their rights away: only the account of the console and the administrators need any.',
    );
  }
  if (isOpenToOthers === null) {
    return warned(
      'data-folder',
      `${where} can be written to, but who else may read it could not be found out.`,
      'Look at the rights of the folder: only the account of the console and the administrators need any.',
    );
  }
  return passed('data-folder', `${where} can be written to, and nobody else can read it.`);
}

export function judgeStore(damage: string | undefined): Requirement {
  if (damage === undefined) return passed('store', 'No damage was found in the file of users.');
  return failed('store', `The file of users is damaged: ${damage}`, 'Stop the console and restore it from a backup (mfactl restore).');
}

/** Windows has its keychain always: where it does not answer, a library is missing, or this kind of sign-in has none. */
const keychainRemedy = (platform: string): string =>
  platform === 'win32'
    ? 'Install the Microsoft Visual C++ Redistributable (x64), run the console in a session that was signed in to with a password, or set a passphrase in the window.'
    : 'Set a passphrase in the window, or start the keychain of this account.';

export function judgeKeychain({ state, backend }: VaultState, { platform }: Pick<Machine, 'platform'>): Requirement {
  switch (state) {
    case 'keychain':
      return passed('keychain', `The keychain of this computer keeps the key of passwords and secrets (${backend}).`);
    case 'passphrase':
      return passed('keychain', 'A passphrase keeps the key of passwords and secrets, and was entered.');
    case 'locked':
      return warned(
        'keychain',
        'A passphrase keeps the key of passwords and secrets, and this program has not got it.',
        'Enter it in the window (Unlock…); what needs passwords waits until then.',
      );
    case 'unavailable':
      return failed('keychain', 'No keychain of this computer answers, so passwords and secrets cannot be kept.', keychainRemedy(platform));
  }
}

/** Codes of tokens are good for thirty seconds (RFC 6238 section 5.2): long before, it is worth a look. */
const clockFailMs = 30_000;
const clockWarnMs = 5_000;

function distance(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${(ms / 1000).toFixed(1)} s`;
  return ms < 2 * 3_600_000 ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / 3_600_000)} h`;
}

export function judgeClock(server: string, offsetMs: number): Requirement {
  const off = distance(Math.abs(offsetMs));
  const reason = `The clock of this computer is ${off} ${offsetMs > 0 ? 'behind' : 'ahead of'} that of ${server}.`;
  const fix = 'Have the system set its clock from a time server: codes of tokens and certificates depend on it.';
  if (Math.abs(offsetMs) > clockFailMs) return failed('clock', `${reason} Codes of tokens fail.`, fix);
  return Math.abs(offsetMs) > clockWarnMs ? warned('clock', reason, fix) : passed('clock', reason);
}
