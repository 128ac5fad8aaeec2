import { expect, it } from 'vitest';
import { mailTemplates } from '../../../../shared/email/templates.ts';
import { branchPaths, firstNotWritten, templateTree, type TreeNode } from './templateTree.ts';

const tree = templateTree(mailTemplates.map(({ id, audience, title }) => ({ id, audience, title, languages: [] })));
const leaves = (nodes: readonly TreeNode[]): string[] => nodes.flatMap((node) => ('row' in node ? [node.row.id] : leaves(node.children)));

it('hangs all mails into one tree, in their order', () => {
  expect(tree.map(({ title }) => title)).toEqual(['Phone Call', 'Text Message', 'Mobile App', 'OATH Token', 'Administrators']);
  expect(leaves(tree)).toEqual(mailTemplates.map(({ id }) => id));
});

it('gives each branch a path of its own, also those of one name', () => {
  const paths = branchPaths(tree);
  expect(paths).toContain('Text Message - One-Way - OTP');
  expect(paths).toContain('Text Message - Two-Way - OTP');
  expect(new Set(paths).size).toBe(paths.length);
});

it('finds the first mail that is not written in a language', () => {
  const [first, second] = mailTemplates.map(({ id, audience, title }) => ({ id, audience, title }));
  const kept = { origin: 'default' as const, revision: 0, changedAt: null, changedBy: '', errors: 0, warnings: 0 };
  const written = (language: string) => ({ language, ...kept });
  const rows = [
    { ...first!, languages: [written('en'), written('pt')] },
    { ...second!, languages: [written('en')] },
  ];

  expect(firstNotWritten(rows, 'pt-BR')?.id).toBe(second!.id);
  expect(firstNotWritten(rows, 'en')).toBeUndefined();
});
