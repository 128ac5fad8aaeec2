import type { Verb } from '../verb.ts';
import { activationVerbs } from './activationVerbs.ts';
import { authorityVerbs } from './authorityVerbs.ts';
import { checkVerbs } from './checkVerbs.ts';
import { networkVerbs } from './networkVerbs.ts';
import { outboxVerbs } from './outboxVerbs.ts';
import { companyVerbs } from './companyVerbs.ts';
import { backupVerbs } from './backupVerbs.ts';
import { bypassVerbs } from './bypassVerbs.ts';
import { consoleVerbs } from './consoleVerbs.ts';
import { csvVerbs } from './csvVerbs.ts';
import { directoryVerbs } from './directoryVerbs.ts';
import { emailSettingsVerbs } from './emailSettingsVerbs.ts';
import { emailTemplateVerbs } from './emailTemplateVerbs.ts';
import { emailVerbs } from './emailVerbs.ts';
import { createHelpVerb } from './helpVerb.ts';
import { importVerbs } from './importVerb.ts';
import { logVerbs } from './logVerbs.ts';
import { manyUserVerbs } from './manyUserVerbs.ts';
import { pinVerbs } from './pinVerbs.ts';
import { questionVerbs } from './questionVerbs.ts';
import { serveVerb } from './serveVerb.ts';
import { statusVerbs } from './statusVerbs.ts';
import { supportVerbs } from './supportVerb.ts';
import { tagVerbs } from './tagVerbs.ts';
import { tokenVerbs } from './tokenVerbs.ts';
import { userEditVerbs } from './userEditVerbs.ts';
import { userVerbs } from './userVerbs.ts';
import { verifyVerbs } from './verifyVerbs.ts';

/** Everything that mfactl can do, in the order of its help. */
export const verbs: readonly Verb[] = [
  ...directoryVerbs,
  ...importVerbs,
  ...userVerbs,
  ...csvVerbs,
  ...pinVerbs,
  ...companyVerbs,
  ...tokenVerbs,
  ...tagVerbs,
  ...verifyVerbs,
  ...bypassVerbs,
  ...userEditVerbs,
  ...manyUserVerbs,
  ...questionVerbs,
  ...emailSettingsVerbs,
  ...emailTemplateVerbs,
  ...emailVerbs,
  ...outboxVerbs,
  ...statusVerbs,
  ...checkVerbs,
  ...networkVerbs,
  ...activationVerbs,
  ...authorityVerbs,
  ...consoleVerbs,
  ...logVerbs,
  ...supportVerbs,
  ...backupVerbs,
  serveVerb,
  createHelpVerb(() => verbs),
];
