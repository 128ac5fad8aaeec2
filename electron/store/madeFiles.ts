import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { OptionalFile } from '../../shared/contract/backups.contract.ts';
import { AppError } from '../../shared/contract/errors.ts';

/** Which of those were made here once. SQLite takes an empty file for a new one, and nobody would learn what is lost. */
export interface MadeFiles {
  /** Throws AppError `store-damaged` where the file was made once and is empty or gone now. */
  refuseLost(name: OptionalFile, file: string): void;
  add(name: OptionalFile): void;
  /** What was in a file is given up: it may be made anew. */
  forget(name: OptionalFile): void;
  has(name: OptionalFile): boolean;
}

const settingName = 'madeFiles';
const whatWasIn = {
  mail: 'The file of mails is empty or gone. What waited to be sent and the edited texts of e-mails were in it.',
  authority: 'The file of the activation authority is empty or gone. The servers that it activated were in it.',
} as const;

export const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** Kept among the settings of the console's file. */
export function createMadeFiles(console: DatabaseSync): MadeFiles {
  const names = (): OptionalFile[] => {
    const row = console.prepare('SELECT value FROM settings WHERE name = ?').get(settingName);
    return row ? (JSON.parse(row['value'] as string) as OptionalFile[]) : [];
  };
  const write = (next: readonly OptionalFile[]): void =>
    void console.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)').run(settingName, JSON.stringify(next));
  const has = (name: OptionalFile): boolean => names().includes(name);

  return {
    has,
    refuseLost(name, file) {
      if (sizeOf(file) > 0 || !has(name)) return;
      throw new AppError(
        'store-damaged',
        `${whatWasIn[name]} To go on without that, stop the console and run: mfactl restore --give-up ${name}`,
        {
          details: { file },
        },
      );
    },
    add(name) {
      if (!has(name)) write([...names(), name]);
    },
    forget: (given) => write(names().filter((name) => name !== given)),
  };
}
