import { Checkbox, makeStyles, tokens } from '@fluentui/react-components';
import { AddCircleRegular, SubtractCircleRegular } from '@fluentui/react-icons';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { TokenImportCounts, TokenImportRow } from '../../../shared/contract/tokens.contract.ts';
import { formatCount } from '../../i18n/en/jobs.ts';
import { tokenImportText as text } from '../../i18n/en/tokenImport.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { createRowSource } from '../../ui/table/rowSource.ts';
import type { TableColumn } from '../../ui/table/tableColumn.ts';
import { VirtualTable } from '../../ui/table/VirtualTable.tsx';

interface TokenRowsProps {
  readonly label: string;
  readonly counts: TokenImportCounts;
  /** What an added row is called: it is still to come in a preview. */
  readonly addedText: string;
  /** Reads a window. Keep it stable between renders. */
  load(window: { onlySkipped: boolean; offset: number; limit: number }, signal: AbortSignal): Promise<{ rows: readonly TokenImportRow[] }>;
  /** Beside the filter. */
  readonly children?: ReactNode;
}

/** Each row of a token file and what becomes of it, of files of any length. */
export function TokenRows({ label, counts, addedText, load, children }: TokenRowsProps) {
  const styles = useStyles();
  const [onlySkipped, setOnlySkipped] = useState(false);
  const [, setRevision] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const columns = useMemo(() => rowColumns(addedText), [addedText]);
  const source = useMemo(
    () =>
      createRowSource<TokenImportRow>({
        load: async (offset, limit, signal) => (await load({ onlySkipped, offset, limit }, signal)).rows,
        onChange: () => setRevision((revision) => revision + 1),
        onError: setError,
      }),
    [load, onlySkipped],
  );
  // Another list: what could not be read of the one before says nothing about it.
  useEffect(() => setError(null), [source]);

  return (
    <div className={styles.root}>
      <div className={styles.head}>
        <Checkbox
          label={text.onlySkipped(counts.skipped)}
          checked={onlySkipped}
          onChange={(_event, data) => setOnlySkipped(data.checked === true)}
        />
        {children}
      </div>
      {error !== null && <ErrorNotice error={error} context={text.rowsFailed} />}
      <div className={styles.list}>
        <VirtualTable
          key={String(onlySkipped)}
          label={label}
          columns={columns}
          count={onlySkipped ? counts.skipped : counts.total}
          row={source.row}
          onVisible={source.show}
          empty={text.noRows}
        />
      </div>
    </div>
  );
}

function rowColumns(addedText: string): readonly TableColumn<TokenImportRow>[] {
  const outcome = ({ added }: TokenImportRow) => (added ? addedText : text.skipped);
  return [
    { id: 'row', header: text.row, width: 72, isSized: true, align: 'end', text: ({ row }) => formatCount(row) },
    { id: 'serial', header: text.serial, width: 160, text: ({ serial }) => serial },
    {
      id: 'outcome',
      header: text.outcome,
      width: 112,
      isSized: true,
      text: outcome,
      render: (row) => <Outcome isAdded={row.added}>{outcome(row)}</Outcome>,
    },
    { id: 'note', header: text.note, width: 360, grow: 3, text: ({ text: note }) => note },
  ];
}

function Outcome({ isAdded, children }: { readonly isAdded: boolean; readonly children: string }) {
  const styles = useStyles();
  return (
    <span className={styles.outcome}>
      {isAdded ? <AddCircleRegular aria-hidden /> : <SubtractCircleRegular aria-hidden />} {children}
    </span>
  );
}

const useStyles = makeStyles({
  outcome: { display: 'inline-flex', alignItems: 'center', columnGap: tokens.spacingHorizontalXS },
  root: { display: 'flex', flexDirection: 'column', flex: '1 1 0', minHeight: '200px', rowGap: tokens.spacingVerticalXS },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', justifyContent: 'space-between', columnGap: tokens.spacingHorizontalL },
  list: { flex: '1 1 0', minHeight: '160px' },
});
