import { Checkbox, Field, makeStyles, Select, Table, TableBody, TableCell, TableRow, tokens } from '@fluentui/react-components';
import { useStore, type StoreApi } from 'zustand';
import {
  csvDelimiters,
  csvEncodings,
  csvFields,
  fileEnableRules,
  type CsvDelimiter,
  type CsvEncoding,
  type CsvField,
} from '../../../shared/contract/fileImport.ts';
import { csvImportText as text, emptyCellsText, fileEnableText } from '../../i18n/en/csv.ts';
import { delimiterText, encodingText, fieldText } from '../../i18n/en/jobs.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { HeaderRow } from '../../ui/HeaderRow.tsx';
import { SendEmailChoice } from '../sendEmail/SendEmailChoice.tsx';
import type { ApplyOptions, CsvImportStore, FileState } from './csvImport.store.ts';

interface ColumnsPageProps {
  readonly store: StoreApi<CsvImportStore>;
  readonly file: Extract<FileState, { phase: 'columns' }>;
}

/** The second page: how the file is read, what its columns are, and what is done with its rows. */
export function ColumnsPage({ store, file }: ColumnsPageProps) {
  const styles = useStyles();
  const reading = useStore(store, (s) => s.reading);
  const options = useStore(store, (s) => s.options);
  const { readAs, take, setOptions } = store.getState();

  return (
    <div className={styles.root}>
      <div className={styles.line}>
        <bdi className={styles.name}>{file.name}</bdi>
        <Field label={text.encoding} orientation="horizontal" className={styles.field}>
          <Select value={reading.encoding} onChange={(_event, data) => void readAs({ encoding: data.value as CsvEncoding })}>
            {csvEncodings.map((encoding) => (
              <option key={encoding} value={encoding}>
                {encodingText[encoding]}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={text.delimiter} orientation="horizontal" className={styles.field}>
          <Select value={reading.delimiter} onChange={(_event, data) => void readAs({ delimiter: data.value as CsvDelimiter })}>
            {csvDelimiters.map((delimiter) => (
              <option key={delimiter} value={delimiter}>
                {delimiterText[delimiter]}
              </option>
            ))}
          </Select>
        </Field>
        <Checkbox
          label={text.hasHeader}
          checked={reading.hasHeader}
          onChange={(_event, data) => void readAs({ hasHeader: data.checked === true })}
        />
      </div>
      {file.error && <ErrorNotice error={file.error} />}
      <div className={styles.columns}>
        <Table size="small" aria-label={text.columnsLabel}>
          <HeaderRow headers={[text.column, text.field, text.samples]} />
          <TableBody>
            {file.columns.map(({ header, field, samples }, at) => (
              // Headings may come twice.
              <TableRow key={at}>
                <TableCell>
                  <bdi>{header}</bdi>
                </TableCell>
                <TableCell>
                  <Select
                    size="small"
                    aria-label={text.fieldOf(header)}
                    value={field ?? ''}
                    onChange={(_event, data) => take(at, data.value === '' ? null : (data.value as CsvField))}
                  >
                    <option value="">{text.notImported}</option>
                    {csvFields.map((known) => (
                      <option key={known} value={known}>
                        {fieldText(known)}
                      </option>
                    ))}
                  </Select>
                </TableCell>
                <TableCell className={styles.samples}>
                  <bdi>{field === 'pin' ? '••••' : samples.filter((sample) => sample !== '').join(' · ')}</bdi>
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
      <div className={styles.line}>
        <Checkbox label={text.addNew} checked={options.addNew} onChange={(_event, data) => setOptions({ addNew: data.checked === true })} />
        <Checkbox
          label={text.updateExisting}
          checked={options.updateExisting}
          onChange={(_event, data) => setOptions({ updateExisting: data.checked === true })}
        />
      </div>
      <div className={styles.line}>
        <Field label={text.enable}>
          <Select
            value={options.enable}
            disabled={!options.addNew}
            onChange={(_event, data) => setOptions({ enable: data.value as ApplyOptions['enable'] })}
          >
            {fileEnableRules.map((rule) => (
              <option key={rule} value={rule}>
                {fileEnableText[rule]}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={text.emptyCells}>
          <Select
            value={options.emptyCells}
            disabled={!options.updateExisting}
            onChange={(_event, data) => setOptions({ emptyCells: data.value as ApplyOptions['emptyCells'] })}
          >
            {(['keep', 'clear'] as const).map((rule) => (
              <option key={rule} value={rule}>
                {emptyCellsText[rule]}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <div className={styles.mail}>
        <SendEmailChoice value={options.sendEmail ?? 'none'} onChange={(sendEmail) => setOptions({ sendEmail })} />
      </div>
    </div>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS, flex: '1 1 0', minHeight: '0' },
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: tokens.spacingHorizontalL, rowGap: tokens.spacingVerticalXS },
  mail: { maxWidth: '520px', flexShrink: 0 },
  name: { fontWeight: tokens.fontWeightSemibold },
  field: { gridTemplateColumns: 'auto auto' },
  columns: { flex: '1 1 0', minHeight: '160px', overflow: 'auto' },
  samples: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', color: tokens.colorNeutralForeground2 },
});
