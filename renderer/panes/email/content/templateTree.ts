import type { TemplateRow } from '../../../../shared/contract/mailTemplates.contract.ts';

export interface Branch {
  /** Unique in the tree. */
  readonly path: string;
  readonly title: string;
  readonly children: readonly TreeNode[];
}

export interface Leaf {
  readonly title: string;
  readonly row: TemplateRow;
}

export type TreeNode = Branch | Leaf;

const separator = ' - ';

/** The tree of mails: “Phone Call - PIN - New User” hangs below “Phone Call” and “PIN”. Keeps the order of the list. */
export function templateTree(rows: readonly TemplateRow[]): TreeNode[] {
  return nodesOf(
    rows.map((row) => ({ row, parts: row.title.split(separator) })),
    '',
  );
}

/** The paths of all branches. */
export function branchPaths(nodes: readonly TreeNode[]): string[] {
  return nodes.flatMap((node) => ('row' in node ? [] : [node.path, ...branchPaths(node.children)]));
}

/** The first mail that readers of a language get in another one; undefined where all are written in it, or in the language that it is a kind of. */
export function firstNotWritten(rows: readonly TemplateRow[], language: string): TemplateRow | undefined {
  const family = [language, language.split('-')[0]];
  return rows.find((row) => !row.languages.some((one) => family.includes(one.language)));
}

interface Entry {
  readonly row: TemplateRow;
  /** What is left of the title below here. */
  readonly parts: readonly string[];
}

function nodesOf(entries: readonly Entry[], above: string): TreeNode[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) groups.set(entry.parts[0]!, [...(groups.get(entry.parts[0]!) ?? []), entry]);
  return [...groups].flatMap(([title, group]): TreeNode[] => {
    if (group[0]!.parts.length === 1) return group.map(({ row }) => ({ title, row }));
    const path = above === '' ? title : `${above}${separator}${title}`;
    const below = group.map(({ row, parts }) => ({ row, parts: parts.slice(1) }));
    return [{ path, title, children: nodesOf(below, path) }];
  });
}
