import { expect, it } from 'vitest';
import { mergeValues } from './mergeValues.ts';
import { anna } from './testing.ts';
import { valuesOf } from './userValues.ts';

const before = valuesOf({ ...anna, tags: [1, 2] });

it('keeps what each of two administrators changed alone', () => {
  const merged = mergeValues(before, { ...before, firstName: 'Anne' }, { ...before, lastName: 'Berger' });

  expect(merged.values).toMatchObject({ firstName: 'Anne', lastName: 'Berger' });
  expect(merged.conflicts).toEqual([]);
  expect(merged.taken).toEqual(['lastName']);
});

it('leaves to people what both changed to something else, and mine stands until then', () => {
  const merged = mergeValues(before, { ...before, userGroup: 'Mine' }, { ...before, userGroup: 'Theirs', enabled: false });

  expect(merged.conflicts).toEqual(['userGroup']);
  expect(merged.taken).toEqual(['enabled']);
  expect(merged.values).toMatchObject({ userGroup: 'Mine', enabled: false });
});

it('sees no conflict where both made the same change', () => {
  const changed = { ...before, enabled: false };

  expect(mergeValues(before, changed, changed)).toMatchObject({ conflicts: [], taken: [] });
});

it('does not put my number together with their extension', () => {
  const merged = mergeValues(before, { ...before, phone: '+14255550100' }, { ...before, extension: '12' });

  expect(merged.conflicts).toEqual(['phone', 'extension']);
  expect(merged.values).toMatchObject({ phone: '+14255550100', extension: '' });
});

it('gives both their tags', () => {
  const merged = mergeValues(before, { ...before, tags: [1, 2, 3] }, { ...before, tags: [2, 4] });

  expect(merged.values.tags).toEqual([2, 3, 4]);
  expect(merged.conflicts).toEqual([]);
});
