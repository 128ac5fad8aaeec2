import { expect, it } from 'vitest';
import { gridTemplate, initialColumns, mergeColumns, moveColumn, resizeColumns, showColumn, visibleColumns } from './columns.ts';

const columns = [
  { id: 'username', width: 200, isFixed: true },
  { id: 'name', width: 150 },
  { id: 'created', width: 120, isOptional: true },
];
const ids = (shown: readonly { readonly id: string }[]) => shown.map(({ id }) => id);

it('hides optional columns until they are chosen', () => {
  const state = initialColumns(columns);

  expect(ids(visibleColumns(state, columns))).toEqual(['username', 'name']);
  expect(ids(visibleColumns(showColumn(state, 'created', true), columns))).toEqual(['username', 'name', 'created']);
});

it('keeps a choice and gives a column of a newer version its place', () => {
  const kept = { order: ['created', 'username'], hidden: [], widths: { username: 300 } };

  expect(mergeColumns(kept, columns)).toEqual({ order: ['created', 'name', 'username'], hidden: [], widths: { username: 300 } });
});

it('forgets columns that no longer exist, and never hides the fixed one', () => {
  const kept = { order: ['gone', 'name', 'name', 'username', 'created'], hidden: ['gone', 'username', 'created'], widths: {} };

  expect(mergeColumns(kept, columns)).toEqual({ order: ['name', 'username', 'created'], hidden: ['created'], widths: {} });
});

it('moves a column one place and stops at the ends', () => {
  const state = initialColumns(columns);

  expect(moveColumn(state, 'name', -1).order).toEqual(['name', 'username', 'created']);
  expect(moveColumn(state, 'username', -1)).toBe(state);
  expect(moveColumn(state, 'created', 1)).toBe(state);
});

it('never makes a column too narrow to grab', () => {
  expect(resizeColumns(initialColumns(columns), { name: 3 }).widths).toEqual({ name: 48 });
});

it('lets columns without a chosen width share what is left', () => {
  const state = resizeColumns(initialColumns(columns), { name: 180.4 });

  expect(gridTemplate(visibleColumns(state, columns))).toBe('minmax(200px, 200fr) 180px 0');
  expect(gridTemplate(visibleColumns(resizeColumns(state, { username: 100 }), columns))).toBe('100px 180px minmax(0, 1fr)');
});
