import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ImportRow } from '../../../shared/contract/imports.contract.ts';
import { fieldText, jobReportText as text, valueText } from '../../i18n/en/jobs.ts';
import { changedPart, type Parts } from './changedPart.ts';

type Change = ImportRow['changes'][number];

/** One changed field: old → new. What was taken away is struck out, what came is underlined and bold; both are named for screen readers. */
export function ChangedValue({ field, before, after }: Change) {
  const styles = useStyles();
  const parts = changedPart(valueText(field, before), valueText(field, after));
  return (
    <span className={styles.change}>
      <span className={styles.hidden}>{text.was} </span>
      <Marked as="del" parts={parts.before} className={styles.removed} />
      <span aria-hidden> → </span>
      <span className={styles.hidden}> {text.becomes} </span>
      <Marked as="ins" parts={parts.after} className={styles.added} />
    </span>
  );
}

/** One change as plain text. */
export function changeText({ field, before, after }: Change): string {
  const shown = (value: string) => valueText(field, value) || text.emptyValue;
  return `${fieldText(field)}: ${shown(before)} → ${shown(after)}`;
}

/** All changes in one line, for a row of the list. */
export function ChangeLine({ changes }: { readonly changes: readonly Change[] }) {
  const styles = useStyles();
  return changes.map((change) => (
    <span key={change.field} className={styles.item}>
      {fieldText(change.field)}: <ChangedValue {...change} />
    </span>
  ));
}

function Marked({ as: Mark, parts, className }: { readonly as: 'del' | 'ins'; readonly parts: Parts; readonly className: string }) {
  const styles = useStyles();
  const isEmpty = parts.start + parts.changed + parts.end === '';
  if (isEmpty) return <span className={styles.quiet}>{text.emptyValue}</span>;
  return (
    <bdi>
      {parts.start}
      {parts.changed && <Mark className={mergeClasses(styles.mark, className)}>{parts.changed}</Mark>}
      {parts.end}
    </bdi>
  );
}

const useStyles = makeStyles({
  change: { overflowWrap: 'anywhere' },
  item: { marginRight: tokens.spacingHorizontalL },
  mark: { borderRadius: tokens.borderRadiusSmall, whiteSpace: 'pre-wrap' },
  removed: {
    backgroundColor: tokens.colorPaletteRedBackground1,
    color: tokens.colorPaletteRedForeground1,
    textDecorationLine: 'line-through',
  },
  added: {
    backgroundColor: tokens.colorPaletteGreenBackground1,
    color: tokens.colorPaletteGreenForeground1,
    textDecorationLine: 'underline',
    fontWeight: tokens.fontWeightSemibold,
  },
  quiet: { color: tokens.colorNeutralForeground3, fontStyle: 'italic' },
  hidden: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)', whiteSpace: 'nowrap' },
});
