import { DatabaseSync } from 'node:sqlite';
import { beforeEach, expect, it } from 'vitest';
import type { UserFilter } from '../../../shared/contract/userFilter.ts';
import type { Call } from '../../runtime/call.ts';
import { createSavedFilterRepository } from '../../store/console/savedFilterRepository.ts';
import type { ConsoleSchema } from '../../store/console/schema.ts';
import { savedFilters } from '../../store/migrations/0003_saved_filters.ts';
import { createTypedQueries } from '../../store/typedQueries.ts';
import { createFilterService } from './filterService.ts';

const disabled: UserFilter = { match: 'all', conditions: [{ kind: 'flag', field: 'enabled', is: false }] };
const tagged: UserFilter = { match: 'any', conditions: [{ kind: 'tag', not: false, values: ['vip'] }] };
const call: Call = {
  caller: { id: 'test', account: 'anna', access: new Set(['read', 'manage']) },
  signal: new AbortController().signal,
  ref: 'r',
  note: () => {},
};
let database: DatabaseSync;
let changes: number;
let filters: ReturnType<typeof createFilterService>;

beforeEach(() => {
  database = new DatabaseSync(':memory:');
  database.exec(savedFilters);
  changes = 0;
  filters = createFilterService({
    saved: createSavedFilterRepository(createTypedQueries<ConsoleSchema>(database)),
    changed: () => changes++,
    now: () => 17,
  });
});

const save = (name: string, filter = disabled, replace = false) => filters.save({ name, filter, replace }, call);

it('keeps filters by name, for everybody', async () => {
  await save(' Leavers ');
  await save('Ärzte', tagged);

  expect(await filters.list({}, call)).toEqual({
    filters: [
      { name: 'Leavers', filter: disabled, savedBy: 'anna', savedAt: 17 },
      { name: 'Ärzte', filter: tagged, savedBy: 'anna', savedAt: 17 },
    ],
  });
  expect(changes).toBe(2);
});

it('replaces a filter of the same name in any letter case only when told to', async () => {
  await save('Leavers');

  await expect(save('LEAVERS', tagged)).rejects.toMatchObject({ code: 'conflict' });
  await save('LEAVERS', tagged, true);

  expect((await filters.list({}, call)).filters).toMatchObject([{ name: 'LEAVERS', filter: tagged }]);
});

it('removes a filter, and says when there is none', async () => {
  await save('Leavers');

  await filters.remove({ name: 'leavers' }, call);

  expect((await filters.list({}, call)).filters).toEqual([]);
  await expect(filters.remove({ name: 'leavers' }, call)).rejects.toMatchObject({ code: 'not-found' });
});

it('refuses what nobody can use', async () => {
  await expect(save('  ')).rejects.toMatchObject({ code: 'invalid-input' });
  await expect(save('x'.repeat(81))).rejects.toMatchObject({ code: 'invalid-input' });
  await expect(save('Nothing', { match: 'all', conditions: [] })).rejects.toMatchObject({ code: 'invalid-input' });
  for (let index = 0; index < 200; index++) await save(`Filter ${index}`);
  await expect(save('One more')).rejects.toMatchObject({ code: 'invalid-input' });
});

it('leaves out what a newer version saved', async () => {
  database.exec(`INSERT INTO saved_filters VALUES ('a', 'A', '{"match":"all","conditions":[{"kind":"moon"}]}', 'anna', 1)`);

  expect(await filters.list({}, call)).toEqual({ filters: [] });
});
