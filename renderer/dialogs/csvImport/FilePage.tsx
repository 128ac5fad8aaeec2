import { Field, ProgressBar } from '@fluentui/react-components';
import type { StoreApi } from 'zustand';
import { csvImportText as text } from '../../i18n/en/csv.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import type { CsvImportStore, FileState } from './csvImport.store.ts';

interface FilePageProps {
  readonly store: StoreApi<CsvImportStore>;
  readonly file: Exclude<FileState, { phase: 'columns' }>;
}

/** The first page: which file. */
export function FilePage({ store, file }: FilePageProps) {
  if (file.phase === 'uploading') {
    return (
      <Field validationState="none" validationMessage={text.uploading(file.name)}>
        <ProgressBar value={file.total === 0 ? 0 : file.done / file.total} aria-label={text.uploading(file.name)} />
      </Field>
    );
  }
  return (
    <>
      <Field label={text.choose} hint={text.chooseHint}>
        {(labelled) => (
          <input
            {...labelled}
            type="file"
            accept=".csv,.txt,.tsv,text/csv,text/plain,text/tab-separated-values"
            onChange={(event) => {
              const [chosen] = event.currentTarget.files ?? [];
              if (chosen) void store.getState().choose(chosen);
            }}
          />
        )}
      </Field>
      {file.error && <ErrorNotice error={file.error} />}
    </>
  );
}
