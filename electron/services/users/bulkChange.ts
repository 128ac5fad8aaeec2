import type { CompanySettings } from '../../../shared/contract/companySettings.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { ManyChanges } from '../../../shared/contract/userCommands.ts';
import { modesOf } from '../../../shared/contract/users.contract.ts';
import { isLanguageCode, problemOfText } from '../../../shared/users/enteredText.ts';
import { defaultMode } from '../../../shared/users/userDefaults.ts';
import { fieldsOf, type UserFields } from '../../../shared/users/userFields.ts';
import { fieldRefused, textRefused } from './fieldErrors.ts';
import type { BulkChange } from './userWriter.ts';

const languageFields = ['languageCall', 'languageText', 'languageApp', 'languageOath'] as const;

/** What many users are to become. Throws AppError `invalid-input`, also where nothing is to be changed. */
export function settleBulkChange(changes: ManyChanges, { userDefaults }: CompanySettings): BulkChange {
  const { method, addTags = [], removeTags = [], pin, ...plain } = changes;
  const fields: Partial<UserFields> = { ...fieldsOf(plain), ...methodFields(method, userDefaults) };
  if (fields.userGroup !== undefined) {
    const userGroup = fields.userGroup.trim();
    const found = problemOfText('userGroup', userGroup);
    if (found) throw textRefused('userGroup', found);
    Object.assign(fields, { userGroup });
  }
  for (const field of languageFields) {
    const code = fields[field];
    if (code !== undefined && !isLanguageCode(code))
      throw fieldRefused(field, 'not-a-language', 'A language is a short code such as en or pt-BR.');
  }
  if (addTags.some((tag) => removeTags.includes(tag)))
    throw new AppError('invalid-input', 'A tag cannot be both added and removed.', { details: { field: 'tags', problem: 'both' } });
  if (Object.keys(fields).length + addTags.length + removeTags.length === 0 && pin === undefined)
    throw new AppError('invalid-input', 'There is nothing to change.', { details: { field: 'changes', problem: 'required' } });
  return { fields, tags: { add: addTags, remove: removeTags }, pin: pin ?? 'keep' };
}

function methodFields(chosen: ManyChanges['method'], defaults: CompanySettings['userDefaults']): Partial<UserFields> {
  if (chosen === undefined) return {};
  if (chosen === 'company') return { method: defaults.method, mode: defaultMode(defaults, defaults.method) };
  const { method, mode } = chosen;
  if (!(modesOf[method] as readonly string[]).includes(mode))
    throw fieldRefused('mode', 'not-of-method', `The method ${method} has these modes: ${modesOf[method].join(', ')}.`);
  return { method, mode };
}
