import type { CompanySettings } from '../contract/companySettings.ts';
import type { Method, Mode } from '../contract/users.contract.ts';

type Defaults = CompanySettings['userDefaults'];

/** The mode that Company Settings give to a new user with this method (reference §5.1). */
export function defaultMode(defaults: Defaults, method: Method): Mode {
  switch (method) {
    case 'call':
      return defaults.callMode;
    case 'text':
      return defaults.textMode;
    case 'app':
      return defaults.appMode;
    case 'oath':
      return 'token';
  }
}
