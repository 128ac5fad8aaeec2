import { expect, it } from 'vitest';
import type { TreeNode } from '../../../shared/contract/directory.contract.ts';
import { keyMove, typeAhead, visibleRows, type TreeState } from './treeModel.ts';

const node = (dn: string, mayHaveChildren = true): TreeNode => ({ dn, name: dn.split(',')[0]!.slice(3), kind: 'unit', mayHaveChildren });
const domain = node('DC=contoso');
const sales = node('OU=Sales,DC=contoso');
const staff = node('OU=Staff,DC=contoso', false);

const tree: TreeState = {
  root: { phase: 'ready', nodes: [domain] },
  children: new Map([[domain.dn, { phase: 'ready', nodes: [sales, staff] }]]),
  open: new Set([domain.dn]),
};
const rows = visibleRows(tree);

it('shows children under open nodes with their level and position', () => {
  expect(rows.map((row) => row.kind === 'node' && [row.node.name, row.level, row.position, row.siblings, row.expanded])).toEqual([
    ['contoso', 1, 1, 1, true],
    ['Sales', 2, 1, 2, false],
    ['Staff', 2, 2, 2, undefined],
  ]);
});

it('no longer offers to open a node that turned out to be empty', () => {
  const opened = { ...tree, children: new Map([...tree.children, [sales.dn, { phase: 'ready' as const, nodes: [] }]]) };

  expect(visibleRows(opened)[1]).toMatchObject({ expanded: undefined });
});

it('shows a line while children are being read', () => {
  const opened = {
    ...tree,
    open: new Set([domain.dn, sales.dn]),
    children: new Map([...tree.children, [sales.dn, { phase: 'loading' as const }]]),
  };

  expect(visibleRows(opened)[2]).toEqual({ kind: 'loading', level: 3, parent: sales.dn });
});

it('moves, opens and closes by the arrow keys', () => {
  expect(keyMove(rows, domain.dn, 'ArrowDown')).toEqual({ kind: 'select', dn: sales.dn });
  expect(keyMove(rows, domain.dn, 'ArrowUp')).toBeNull();
  expect(keyMove(rows, sales.dn, 'ArrowRight')).toEqual({ kind: 'open', dn: sales.dn });
  expect(keyMove(rows, domain.dn, 'ArrowRight')).toEqual({ kind: 'select', dn: sales.dn });
  expect(keyMove(rows, sales.dn, 'ArrowLeft')).toEqual({ kind: 'select', dn: domain.dn });
  expect(keyMove(rows, domain.dn, 'ArrowLeft')).toEqual({ kind: 'close', dn: domain.dn });
  expect(keyMove(rows, sales.dn, 'End')).toEqual({ kind: 'select', dn: staff.dn });
});

it('finds a node by its first letters and goes round', () => {
  expect(typeAhead(rows, sales.dn, 's')).toBe(staff.dn);
  expect(typeAhead(rows, staff.dn, 's')).toBe(sales.dn);
  expect(typeAhead(rows, sales.dn, 'sta')).toBe(staff.dn);
  expect(typeAhead(rows, sales.dn, 'x')).toBeNull();
});
