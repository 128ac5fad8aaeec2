import type { SavedCompany } from '../../../shared/contract/company.contract.ts';
import { savedCompany } from '../../../shared/contract/company.contract.ts';
import { defaultCompanySettings } from '../../../shared/contract/companySettings.ts';
import { AppError } from '../../../shared/contract/errors.ts';

/** Before anybody saves. */
const nothingSaved: SavedCompany = { settings: defaultCompanySettings, revision: 0, savedAt: null, savedBy: '' };

/**
 * What was saved, checked. A setting that is absent, since an older version saved, has its default. Throws `store-damaged` for
 * everything else that is not right: with a guess in its place, a damaged file could let disabled users in.
 */
export function readCompany(saved: unknown): SavedCompany {
  if (saved === undefined) return nothingSaved;
  const parsed = savedCompany.safeParse(withDefaults(nothingSaved, saved));
  if (parsed.success) return parsed.data;
  throw new AppError(
    'store-damaged',
    'The saved company settings cannot be read. Restore a backup from before, in Tools > Backups or by mfactl restore.',
    { cause: parsed.error },
  );
}

/** `saved`, and what it lacks from `defaults`. Only objects are joined; everything else is taken as it is. */
function withDefaults(defaults: unknown, saved: unknown): unknown {
  if (!isObject(defaults) || !isObject(saved)) return saved === undefined ? defaults : saved;
  const keys = new Set([...Object.keys(defaults), ...Object.keys(saved)]);
  return Object.fromEntries([...keys].map((key) => [key, withDefaults(defaults[key], saved[key])]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
