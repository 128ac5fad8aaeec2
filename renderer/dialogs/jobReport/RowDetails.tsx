import { makeStyles, tokens } from '@fluentui/react-components';
import type { ImportRow } from '../../../shared/contract/imports.contract.ts';
import { jobReportText as text, fieldText, skipReasonText, warningText } from '../../i18n/en/jobs.ts';
import { FactList } from '../../ui/FactList.tsx';
import { Mono } from '../../ui/Mono.tsx';
import { ChangedValue } from './ChangeList.tsx';

/** Everything about one person of an import, below the list. */
export function RowDetails({ row }: { readonly row: ImportRow }) {
  const styles = useStyles();
  return (
    <section aria-label={text.detailsOf(row.username || row.name || row.dn)} className={styles.root}>
      <FactList>
        <dt>{text.dn}</dt>
        <dd>
          <Mono text={row.dn} label={text.dn} maxLength={90} />
        </dd>
        {row.reason && (
          <>
            <dt>{text.why}</dt>
            <dd>{skipReasonText(row)}</dd>
          </>
        )}
        {row.changes.map((change) => [
          <dt key={`${change.field} name`}>{fieldText(change.field)}</dt>,
          <dd key={change.field}>
            <ChangedValue {...change} />
          </dd>,
        ])}
        {row.warnings.map((warning, index) => [
          <dt key={`warning ${index} name`}>{text.warning}</dt>,
          <dd key={`warning ${index}`}>
            {warningText(warning)}: <bdi className={styles.value}>{warning.value || text.emptyValue}</bdi>
          </dd>,
        ])}
      </FactList>
    </section>
  );
}

const useStyles = makeStyles({
  root: {
    flexShrink: 0,
    maxHeight: '144px',
    overflow: 'auto',
    paddingTop: tokens.spacingVerticalS,
    paddingBottom: tokens.spacingVerticalXS,
  },
  value: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' },
});
