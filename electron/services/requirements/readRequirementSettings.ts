import { requirementSettings, type RequirementSettings } from '../../../shared/contract/requirements.contract.ts';

/** What was saved; where it cannot be read, what holds until somebody sets something. */
export function readRequirementSettings(saved: unknown): RequirementSettings {
  return requirementSettings.safeParse(saved ?? {}).data ?? requirementSettings.parse({});
}
