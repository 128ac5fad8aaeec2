import { expect, it } from 'vitest';
import { manyChanges } from '../../../shared/contract/userCommands.ts';
import { bulkGroups, changesOf, choicesOf, type BulkField, type BulkForm } from './bulkForm.ts';

const fields = bulkGroups.flatMap((group) => group.fields);
const tags = [{ value: '7', label: 'pilot' }];

it('asks the server for what is ticked and for nothing else', () => {
  expect(changesOf(new Map())).toEqual({});
  const form: BulkForm = new Map<BulkField, string>([
    ['userGroup', 'true'],
    ['method', 'text/two-way-otp-pin'],
    ['enabled', 'false'],
    ['whenDisabled', 'company'],
    ['languageCall', 'de'],
    ['languageOath', 'company'],
    ['pin', 'initial'],
    ['pinCanChange', 'company'],
    ['pinExpirationDays', '0'],
    ['addTag', '7'],
    ['removeTag', '8'],
  ]);

  expect(changesOf(form)).toEqual({
    userGroup: 'true',
    method: { method: 'text', mode: 'two-way-otp-pin' },
    enabled: false,
    whenDisabled: null,
    languages: { call: 'de', oath: '' },
    pin: 'initial',
    pinRules: { canChange: null, expirationDays: 0 },
    addTags: [7],
    removeTags: [8],
  });
});

it.each(fields)('offers nothing for %s that the contract does not know', (field) => {
  for (const { value } of choicesOf(field, tags) ?? [{ value: 'Sales' }]) {
    const changes = changesOf(new Map([[field, value]]));

    expect(Object.keys(changes)).toHaveLength(1);
    expect(manyChanges.parse(changes), value).toEqual(changes);
  }
});
