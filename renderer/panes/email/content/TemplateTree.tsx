import { Tree, TreeItem, TreeItemLayout, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ErrorCircleRegular, WarningRegular } from '@fluentui/react-icons';
import { useMemo } from 'react';
import type { TemplateRow } from '../../../../shared/contract/mailTemplates.contract.ts';
import { emailContentText as text } from '../../../i18n/en/emailContent.ts';
import { branchPaths, templateTree, type TreeNode } from './templateTree.ts';

interface TemplateTreeProps {
  readonly templates: readonly TemplateRow[];
  readonly chosen: string;
  onChoose(template: string): void;
  /** Enter on the chosen one, or a double click. */
  onOpen(template: string): void;
}

/** All mails, as the tree of the original product. */
export function TemplateTree({ templates, chosen, onChoose, onOpen }: TemplateTreeProps) {
  const nodes = useMemo(() => templateTree(templates), [templates]);
  // Open from the beginning: it is short enough to be seen as a whole.
  const open = useMemo(() => branchPaths(nodes), [nodes]);
  return (
    <Tree size="small" aria-label={text.tree} defaultOpenItems={open}>
      <Nodes nodes={nodes} chosen={chosen} onChoose={onChoose} onOpen={onOpen} />
    </Tree>
  );
}

function Nodes({ nodes, ...rest }: { readonly nodes: readonly TreeNode[] } & Omit<TemplateTreeProps, 'templates'>) {
  return nodes.map((node) =>
    'row' in node ? (
      <Leaf key={node.row.id} row={node.row} title={node.title} {...rest} />
    ) : (
      <TreeItem key={node.path} itemType="branch" value={node.path}>
        <TreeItemLayout>{node.title}</TreeItemLayout>
        <Tree>
          <Nodes nodes={node.children} {...rest} />
        </Tree>
      </TreeItem>
    ),
  );
}

/** Keys that go to another line. */
const moving: ReadonlySet<string> = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End']);

interface LeafProps extends Omit<TemplateTreeProps, 'templates'> {
  readonly row: TemplateRow;
  readonly title: string;
}

function Leaf({ row, title, chosen, onChoose, onOpen }: LeafProps) {
  const styles = useStyles();
  const isChosen = row.id === chosen;
  const errors = row.languages.reduce((sum, language) => sum + language.errors, 0);
  const warnings = row.languages.reduce((sum, language) => sum + language.warnings, 0);
  const isEdited = row.languages.some(({ origin }) => origin !== 'default');
  const problems = errors + warnings;
  return (
    <TreeItem
      itemType="leaf"
      value={row.id}
      aria-current={isChosen}
      onClick={() => onChoose(row.id)}
      // By the keys that move in the tree, not by the focus: a dialog gives that back to where it was opened, whatever was shown since.
      onKeyUp={({ key }) => {
        if (moving.has(key)) onChoose(row.id);
      }}
      onDoubleClick={() => onOpen(row.id)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onOpen(row.id);
      }}
    >
      <TreeItemLayout
        className={mergeClasses(isChosen && styles.chosen)}
        aside={
          problems > 0 ? (
            <span className={styles.problems} title={text.problems(problems)}>
              {errors > 0 ? <ErrorCircleRegular aria-hidden /> : <WarningRegular aria-hidden />}
              {problems}
            </span>
          ) : undefined
        }
      >
        {title}
        {isEdited && <span className={styles.edited}> ({text.edited})</span>}
      </TreeItemLayout>
    </TreeItem>
  );
}

const useStyles = makeStyles({
  chosen: { backgroundColor: tokens.colorNeutralBackground1Selected, fontWeight: tokens.fontWeightSemibold },
  problems: { display: 'inline-flex', alignItems: 'center', columnGap: tokens.spacingHorizontalXXS },
  edited: { color: tokens.colorNeutralForeground2, fontWeight: tokens.fontWeightRegular },
});
