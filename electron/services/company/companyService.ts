import { checkCompany } from '../../../shared/company/checkCompany.ts';
import type { companyContract, SavedCompany } from '../../../shared/contract/company.contract.ts';
import type { Implementation } from '../../../shared/contract/define.ts';
import { AppError, isAppError } from '../../../shared/contract/errors.ts';
import type { Call } from '../../runtime/call.ts';
import { problemText } from './problemText.ts';
import { readCompany } from './readCompany.ts';

export interface CompanyPorts {
  /** What was saved under this name, as it is; undefined when nothing was. */
  read(): unknown;
  /** Puts what `next` answers in the place of what it is given. Nobody else writes in between; if `next` throws nothing is written. */
  change(next: (before: unknown) => unknown): void;
  /** Whether phone numbers of this country (ISO 3166-1 alpha-2) are known. */
  isCountry(code: string): boolean;
  now(): number;
  changed(revision: number): void;
}

/** Company Settings: what every user gets, and the rules that hold for all of them. */
export function createCompanyService(ports: CompanyPorts): Implementation<typeof companyContract, Call> {
  /** Null for what can no longer be read, since saving again is how to repair that. */
  function readable(saved: unknown): SavedCompany | null {
    try {
      return readCompany(saved);
    } catch (error) {
      if (isAppError(error, 'store-damaged')) return null;
      throw error;
    }
  }

  return {
    async get() {
      return readCompany(ports.read());
    },

    async save({ settings, revision }, call) {
      const [problem, ...more] = checkCompany(settings, ports.isCountry);
      if (problem) {
        const message = [problem, ...more].slice(0, 10).map(problemText).join('\n');
        throw new AppError('invalid-input', message, { details: { field: problem.field, problem: problemText(problem) } });
      }

      let saved: SavedCompany | undefined;
      ports.change((stored) => {
        const before = readable(stored);
        if (before !== null && before.revision !== revision) throw changedMeanwhile(before);
        call.note({ before: before?.settings ?? null, after: settings });
        saved = { settings, revision: revision + 1, savedAt: ports.now(), savedBy: call.caller.account };
        return saved;
      });
      ports.changed(revision + 1);
      return saved as SavedCompany;
    },
  };
}

function changedMeanwhile({ savedBy, savedAt, revision }: SavedCompany): AppError {
  const at = savedAt === null ? '' : new Date(savedAt).toISOString();
  return new AppError('changed-meanwhile', `${savedBy || 'Somebody'} saved other company settings in the meantime${at && ` (${at})`}.`, {
    details: { savedBy, savedAt: savedAt ?? 0, revision },
  });
}
