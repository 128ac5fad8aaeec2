import type { TreeNode } from '../../../shared/contract/directory.contract.ts';
import type { AppError } from '../../../shared/contract/errors.ts';

/** What is known of the children of one node. */
export type Children =
  | { readonly phase: 'loading' }
  | { readonly phase: 'ready'; readonly nodes: readonly TreeNode[] }
  | { readonly phase: 'failed'; readonly error: AppError };

export interface TreeState {
  /** The base DN itself, as the one node of the first level. */
  readonly root: Children;
  readonly children: ReadonlyMap<string, Children>;
  readonly open: ReadonlySet<string>;
}

/** One visible line of the tree, in the terms of WAI-ARIA. `position` and `siblings` count from 1. */
export type TreeRow =
  | {
      readonly kind: 'node';
      readonly node: TreeNode;
      readonly level: number;
      readonly position: number;
      readonly siblings: number;
      readonly expanded: boolean | undefined;
      readonly parent: string | null;
    }
  | { readonly kind: 'loading'; readonly level: number; readonly parent: string | null }
  | { readonly kind: 'failed'; readonly level: number; readonly parent: string | null; readonly error: AppError };

export const emptyTree: TreeState = { root: { phase: 'loading' }, children: new Map(), open: new Set() };

/** The lines that are visible now, from top to bottom. */
export function visibleRows(tree: TreeState): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const walk = (children: Children, level: number, parent: string | null) => {
    if (children.phase === 'loading') return void rows.push({ kind: 'loading', level, parent });
    if (children.phase === 'failed') return void rows.push({ kind: 'failed', level, parent, error: children.error });
    children.nodes.forEach((node, index) => {
      const known = tree.children.get(node.dn);
      const isLeaf = !node.mayHaveChildren || (known?.phase === 'ready' && known.nodes.length === 0);
      const expanded = isLeaf ? undefined : tree.open.has(node.dn);
      rows.push({ kind: 'node', node, level, position: index + 1, siblings: children.nodes.length, expanded, parent });
      if (expanded && known) walk(known, level + 1, node.dn);
    });
  };
  walk(tree.root, 1, null);
  return rows;
}

export type TreeMove =
  | { readonly kind: 'select'; readonly dn: string }
  | { readonly kind: 'open'; readonly dn: string }
  | { readonly kind: 'close'; readonly dn: string };

/**
 * What a key does in the tree, as in every tree of Windows and in the ARIA pattern: up, down, Home and End move; right opens and
 * then enters; left closes and then goes to the parent. Null: the key is not for the tree.
 */
export function keyMove(rows: readonly TreeRow[], selected: string | null, key: string): TreeMove | null {
  const nodes = rows.filter((row) => row.kind === 'node');
  const index = nodes.findIndex((row) => row.node.dn === selected);
  const select = (row: (typeof nodes)[number] | undefined): TreeMove | null => (row ? { kind: 'select', dn: row.node.dn } : null);
  const current = nodes[index];
  switch (key) {
    case 'ArrowDown':
      return select(nodes[index + 1]);
    case 'ArrowUp':
      return index > 0 ? select(nodes[index - 1]) : null;
    case 'Home':
      return select(nodes[0]);
    case 'End':
      return select(nodes.at(-1));
    case 'ArrowRight':
      if (!current || current.expanded === undefined) return null;
      if (!current.expanded) return { kind: 'open', dn: current.node.dn };
      return nodes[index + 1]?.parent === current.node.dn ? select(nodes[index + 1]) : null;
    case 'ArrowLeft':
      if (!current) return null;
      if (current.expanded) return { kind: 'close', dn: current.node.dn };
      return current.parent === null ? null : { kind: 'select', dn: current.parent };
    default:
      return null;
  }
}

/** Where type-ahead goes: the next node whose name begins with the typed text, from the selected one on and around. */
export function typeAhead(rows: readonly TreeRow[], selected: string | null, typed: string): string | null {
  const nodes = rows.filter((row) => row.kind === 'node');
  const index = nodes.findIndex((row) => row.node.dn === selected);
  // One letter moves on from the present node; more letters may still mean the present one.
  const from = typed.length === 1 ? index + 1 : Math.max(index, 0);
  const wanted = typed.toLowerCase();
  const found = [...nodes.slice(from), ...nodes.slice(0, from)].find((row) => row.node.name.toLowerCase().startsWith(wanted));
  return found?.node.dn ?? null;
}
