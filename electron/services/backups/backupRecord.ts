import type { z } from 'zod';
import { backupSchedule, backupState } from '../../../shared/contract/backups.contract.ts';
import { instant } from '../../../shared/contract/common.ts';

/** What is remembered about backups. `tried`: when the last scheduled one was begun, or the schedule was set. */
const record = backupState.extend({ schedule: backupSchedule.nullable(), tried: instant });
export type BackupRecord = z.infer<typeof record>;

const none: BackupRecord = { last: null, failure: null, schedule: null, tried: 0 };

/** What was saved; nothing where that cannot be read: a console without a schedule says so, one that does not start says nothing. */
export const readBackupRecord = (saved: unknown): BackupRecord => record.safeParse(saved).data ?? none;
