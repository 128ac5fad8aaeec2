import { Button, makeStyles, ToggleButton, tokens } from '@fluentui/react-components';
import {
  AddCircleRegular,
  ArrowDownloadRegular,
  ArrowSyncCircleRegular,
  CheckmarkCircleRegular,
  DismissCircleRegular,
  SubtractCircleRegular,
  WarningRegular,
} from '@fluentui/react-icons';
import { useEffect, useMemo, useState, type ReactElement } from 'react';
import { useStore } from 'zustand';
import { isFileImport, type ImportOutcome, type ImportRow, type ImportSummary } from '../../../shared/contract/imports.contract.ts';
import { useClient } from '../../app/client.tsx';
import {
  appliedOutcomeText,
  formatCount,
  jobReportText as text,
  outcomeText,
  readDetailText,
  readSummaryText,
  skipReasonText,
  fileSummaryText,
  newTagsText,
  noteText,
} from '../../i18n/en/jobs.ts';
import { newUsersText } from '../../i18n/en/importDialog.ts';
import { canonicalParent } from '../../ui/canonicalName.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import type { TableColumn } from '../../ui/table/tableColumn.ts';
import { VirtualTable } from '../../ui/table/VirtualTable.tsx';
import { ChangeLine, changeText } from './ChangeList.tsx';
import { MailPlan } from '../sendEmail/MailPlan.tsx';
import { createImportReportStore } from './importReport.store.ts';
import { downloadCsv } from './reportCsv.ts';
import { RowDetails } from './RowDetails.tsx';

const icons: Record<ImportOutcome, ReactElement> = {
  add: <AddCircleRegular />,
  update: <ArrowSyncCircleRegular />,
  unchanged: <CheckmarkCircleRegular />,
  skipped: <SubtractCircleRegular />,
  error: <DismissCircleRegular />,
};

interface ImportReportProps {
  readonly summary: ImportSummary;
  /** Shown instead of the list where it is empty. */
  readonly emptyText: string;
}

/** What an import would do or has done: counters that filter the list, the list, and details of the selected person. */
export function ImportReport({ summary, emptyText }: ImportReportProps) {
  const styles = useStyles();
  const client = useClient();
  const [store] = useState(() => createImportReportStore(client, summary.jobId, { saveFile: downloadCsv, now: () => new Date() }));
  const { filter, rows, selection, exporting } = useStore(store);
  const { load, filterBy, showRows, select, exportCsv, dispose } = store.getState();
  const isApplied = summary.state === 'applied';
  const words = isApplied ? appliedOutcomeText : outcomeText;
  const isFile = isFileImport(summary.request);
  const columns = useMemo(() => reportColumns(words, isFile), [words, isFile]);
  const total = Object.values(pickOutcomes(summary)).reduce((sum, count) => sum + count, 0);
  const active = rows.phase === 'ready' && selection.active >= 0 ? rows.row(selection.active) : undefined;

  useEffect(() => {
    load();
    return dispose;
  }, [load, dispose]);

  return (
    <div className={styles.root}>
      <div className={styles.counters} role="group" aria-label={text.filterLabel}>
        {outcomesOf(summary).map((outcome) => (
          <Counter
            key={outcome}
            icon={icons[outcome]}
            name={words[outcome]}
            count={summary.counts[outcome] ?? 0}
            isOn={filter === outcome}
            onClick={() => filterBy(outcome)}
          />
        ))}
        <Counter
          icon={<WarningRegular />}
          name={text.warnings}
          count={summary.counts.warnings}
          isOn={filter === 'warnings'}
          onClick={() => filterBy('warnings')}
        />
        <Button
          className={styles.export}
          icon={<ArrowDownloadRegular />}
          disabled={total === 0 || exporting.phase === 'running'}
          onClick={() => void exportCsv()}
        >
          {exporting.phase === 'running' ? text.exporting : text.exportCsv}
        </Button>
      </div>
      <p className={styles.read}>
        {!summary.read.complete && <WarningRegular aria-hidden className={styles.warningIcon} />}
        {summary.file ? fileSummaryText(summary.file, summary.read) : readSummaryText(summary.read)}{' '}
        <span className={styles.quiet}>({readDetailText(summary.read)})</span>
      </p>
      {!isFileImport(summary.request) && summary.request.addNew && summary.counts.add > 0 && (
        <p className={styles.settings}>{newUsersText(summary.request)}</p>
      )}
      {summary.newTags && summary.newTags.length > 0 && <p className={styles.settings}>{newTagsText(summary.newTags, isApplied)}</p>}
      {summary.mails && !isApplied && <MailPlan counts={summary.mails} />}
      {exporting.phase === 'failed' && <ErrorNotice error={exporting.error} context={text.exportFailed} />}
      {rows.phase === 'failed' ? (
        <ErrorNotice error={rows.error} actions={<Button onClick={load}>{text.tryAgain}</Button>} />
      ) : (
        <div className={styles.list}>
          <VirtualTable
            label={text.listLabel}
            columns={columns}
            count={rows.phase === 'ready' ? rows.total : 0}
            row={rows.phase === 'ready' ? rows.row : noRow}
            onVisible={showRows}
            selection={selection}
            onSelection={select}
            empty={rows.phase === 'loading' ? text.rowLoading : filter === 'all' ? emptyText : text.nothingHere}
          />
        </div>
      )}
      {active && <RowDetails row={active} />}
    </div>
  );
}

function Counter({
  icon,
  name,
  count,
  isOn,
  onClick,
}: {
  icon: ReactElement;
  name: string;
  count: number;
  isOn: boolean;
  onClick(): void;
}) {
  const styles = useStyles();
  return (
    <ToggleButton icon={icon} checked={isOn} onClick={onClick} className={styles.counter}>
      {name} <strong className={styles.count}>{formatCount(count)}</strong>
    </ToggleButton>
  );
}

const noRow = () => undefined;

/** Only rows of files can be errors. */
function outcomesOf({ request }: ImportSummary): ImportOutcome[] {
  return (Object.keys(icons) as ImportOutcome[]).filter((outcome) => outcome !== 'error' || isFileImport(request));
}

function pickOutcomes({ counts: { add, update, unchanged, skipped, error = 0 } }: ImportSummary): Record<ImportOutcome, number> {
  return { add, update, unchanged, skipped, error };
}

function reportColumns(words: Record<ImportOutcome, string>, isFile: boolean): readonly TableColumn<ImportRow>[] {
  const line: TableColumn<ImportRow> = {
    id: 'line',
    header: text.line,
    width: 72,
    text: (row) => (row.line === undefined ? '' : formatCount(row.line)),
  };
  return [
    ...(isFile ? [line] : []),
    {
      id: 'outcome',
      header: text.outcome,
      width: 116,
      text: (row) => words[row.outcome],
      render: (row) => (
        <Outcome icon={icons[row.outcome]} hasWarnings={row.warnings.length > 0}>
          {words[row.outcome]}
        </Outcome>
      ),
    },
    { id: 'username', header: text.username, width: 210, text: (row) => row.username },
    { id: 'name', header: text.name, width: 150, text: (row) => row.name },
    {
      id: 'what',
      header: text.what,
      width: 460,
      text: whatText,
      render: (row) => (row.outcome === 'update' && row.changes.length > 0 ? <ChangeLine changes={row.changes} /> : whatText(row)),
    },
  ];
}

/** The last column in words: reason, changes or what was odd. */
function whatText(row: ImportRow): string {
  const warnings = row.warnings.map(noteText);
  if (row.outcome === 'error') return (row.reason === 'row-not-valid' ? warnings : [skipReasonText(row), ...warnings]).join(' · ');
  if (row.outcome === 'skipped') return [skipReasonText(row), ...warnings].join(' · ');
  const changes = row.outcome === 'update' ? row.changes.map(changeText) : [];
  // Nothing to say about a plain add or an unchanged user: where he is in the directory tells people of one name apart.
  return [...changes, ...warnings].join(' · ') || canonicalParent(row.dn);
}

function Outcome({
  icon,
  hasWarnings,
  children,
}: {
  readonly icon: ReactElement;
  readonly hasWarnings: boolean;
  readonly children: string;
}) {
  const styles = useStyles();
  return (
    <span className={styles.outcome}>
      {icon} {children}
      {hasWarnings && <WarningRegular aria-label={text.warning} className={styles.warningIcon} />}
    </span>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', flex: '1 1 0', minHeight: '280px' },
  counters: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, alignItems: 'center' },
  counter: { minWidth: '0' },
  count: { marginLeft: tokens.spacingHorizontalS, fontVariantNumeric: 'tabular-nums' },
  export: { marginLeft: 'auto' },
  read: { marginTop: tokens.spacingVerticalS, marginBottom: tokens.spacingVerticalS },
  settings: { marginTop: '0', marginBottom: tokens.spacingVerticalS },
  quiet: { color: tokens.colorNeutralForeground3 },
  warningIcon: { color: tokens.colorStatusWarningForeground1, verticalAlign: 'middle' },
  list: { flex: '1 1 0', minHeight: '160px' },
  outcome: { display: 'inline-flex', alignItems: 'center', columnGap: tokens.spacingHorizontalXS },
});
