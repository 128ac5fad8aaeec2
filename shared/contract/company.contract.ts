import { z } from 'zod';
import { instant } from './common.ts';
import { companySettings } from './companySettings.ts';
import { command, event, query } from './define.ts';

export const savedCompany = z.object({
  settings: companySettings,
  /** Goes up with every save; 0 while nobody has saved anything and the defaults hold. Belongs into `save`. */
  revision: z.number().int(),
  savedAt: instant.nullable(),
  /** Account that saved last; empty while nobody has. */
  savedBy: z.string(),
});
export type SavedCompany = z.infer<typeof savedCompany>;

export const companyContract = {
  /** Company Settings as they hold now. */
  get: query('read', z.null(), savedCompany),
  /**
   * Saves all of them at once. `changed-meanwhile` when `revision` is not the current one any more; `invalid-input` with the field and
   * the problem in words. What is already stored of users does not change: the defaults are for those who come from now on.
   */
  save: command('manage', z.object({ settings: companySettings, revision: z.number().int() }), savedCompany),
  /** Somebody saved Company Settings in this host. */
  changed: event('read', z.object({ revision: z.number().int() })),
};
