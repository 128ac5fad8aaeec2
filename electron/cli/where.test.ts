import { expect, it } from 'vitest';
import type { UserFilter } from '../../shared/contract/userFilter.ts';
import { UsageError, type VerbCall } from './verb.ts';
import { readWhere } from './where.ts';

const saved: UserFilter = { match: 'any', conditions: [{ kind: 'tag', not: false, values: ['vip'] }] };

function where(typed: string | undefined) {
  const filters = { list: () => Promise.resolve({ filters: [{ name: 'Important people', filter: saved, savedBy: 'anna', savedAt: 1 }] }) };
  return readWhere({ client: { filters } as unknown as VerbCall['client'], options: { where: typed } });
}

it('reads a filter, or takes one that was saved', async () => {
  expect(await where(undefined)).toBeUndefined();
  expect(await where('enabled:no')).toEqual({ match: 'all', conditions: [{ kind: 'flag', field: 'enabled', is: false }] });
  expect(await where('saved:"IMPORTANT people"')).toEqual(saved);
});

it('points at what cannot be read', async () => {
  await expect(where('enabled:no colour:red')).rejects.toThrow(/no field “colour”[^]*\n {2}enabled:no colour:red\n {13}\^$/);
  await expect(where('enabled:no colour:red')).rejects.toThrow(UsageError);
  const long = await where(`${'enabled:no '.repeat(1000)}colour:red`).catch((error: Error) => error.message);
  expect(String(long).length).toBeLessThan(700);
});

it('never takes an empty filter, which would mean everybody, and no saved one that does not exist', async () => {
  await expect(where(' ')).rejects.toThrow(UsageError);
  await expect(where('any()')).rejects.toThrow(UsageError);
  await expect(where('saved:nothing')).rejects.toMatchObject({ code: 'not-found' });
});
