import { makeStyles, MessageBar, MessageBarBody, Table, TableBody, TableCell, TableRow, tokens } from '@fluentui/react-components';
import { WarningRegular } from '@fluentui/react-icons';
import { attributeText, directoryText as text } from '../../i18n/en/directory.ts';
import { fieldText, formatCount, readSummaryText, sampleProblemText } from '../../i18n/en/jobs.ts';
import { HeaderRow } from '../../ui/HeaderRow.tsx';
import { ScrollArea } from '../../ui/ScrollArea.tsx';
import type { Mapping } from './configuration.store.ts';

/** More would bury the fields below; the rest looks the same. */
const samplesShown = 3;

/** What the mapping brings for real users: the directory's values and what would be stored. */
export function MappingSamples({ mapping }: { readonly mapping: Mapping }) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      <p role="status" className={styles.read}>
        {mapping.read.complete || mapping.read.cutBy === 'display-limit'
          ? text.sampled(mapping.read.entries)
          : readSummaryText(mapping.read)}
      </p>
      {mapping.unmapped.length > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            {text.unmapped} {mapping.unmapped.map(({ attribute, example }) => `${attribute} (${example})`).join(', ')}
          </MessageBarBody>
        </MessageBar>
      )}
      <ScrollArea label={text.samples} className={styles.table}>
        <Table size="small" aria-label={text.samples}>
          <HeaderRow
            headers={[
              text.field,
              text.attribute,
              { text: text.present, className: styles.number },
              { text: text.value, className: styles.wide, title: text.valueHint },
            ]}
          />
          <TableBody>
            {mapping.fields.map(({ field, attribute, present, samples }) => (
              <TableRow key={`${field} ${attribute}`}>
                <TableCell>{nameOf(field)}</TableCell>
                <TableCell>
                  {attribute ? <code className={styles.mono}>{attribute}</code> : <span className={styles.quiet}>{text.notMapped}</span>}
                </TableCell>
                <TableCell className={styles.number}>{formatCount(present)}</TableCell>
                <TableCell className={styles.wide}>
                  <Samples samples={samples} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </ScrollArea>
    </div>
  );
}

function Samples({ samples }: { readonly samples: Mapping['fields'][number]['samples'] }) {
  const styles = useStyles();
  const shown = samples
    .filter(({ values }) => values.length > 0)
    .toSorted((a, b) => Number(b.problem !== undefined) - Number(a.problem !== undefined));
  if (shown.length === 0) return <span className={styles.quiet}>{text.noValue}</span>;
  return (
    <ul className={styles.samples}>
      {shown.slice(0, samplesShown).map(({ dn, values, stored, problem }) => (
        <li key={dn} title={dn}>
          <bdi className={styles.mono}>{values.join(' | ')}</bdi>
          {!(values.length === 1 && values[0] === stored) && (
            <>
              {' → '}
              <bdi>{stored || text.noValue}</bdi>
            </>
          )}
          {problem && (
            <span className={styles.problem}>
              <WarningRegular aria-label={text.problem} /> {sampleProblemText(problem)}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function nameOf(field: string): string {
  return (attributeText as Readonly<Record<string, string>>)[field] ?? fieldText(field);
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  read: { margin: '0' },
  table: { maxHeight: '320px', overflow: 'auto' },
  number: { width: '72px', textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
  wide: { width: '50%' },
  mono: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
  quiet: { color: tokens.colorNeutralForeground3 },
  samples: { listStyleType: 'none', margin: '0', padding: '0', overflowWrap: 'anywhere' },
  problem: { display: 'block', color: tokens.colorStatusWarningForeground1 },
});
