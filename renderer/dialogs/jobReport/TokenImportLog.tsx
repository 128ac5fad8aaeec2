import { Button } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons';
import { useCallback, useEffect, useState, type ComponentProps } from 'react';
import type { TokenImportCounts } from '../../../shared/contract/tokens.contract.ts';
import { isAppError } from '../../../shared/contract/errors.ts';
import { tokenImportLogCsv } from '../../../shared/tokens/tokenFiles.ts';
import { useClient } from '../../app/client.tsx';
import { jobReportText } from '../../i18n/en/jobs.ts';
import { tokenImportText as text } from '../../i18n/en/tokenImport.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { byteOrderMark, csvFileName, downloadCsv } from './reportCsv.ts';
import { TokenRows } from './TokenRows.tsx';

/** What an import of a token file has done, row by row, as far as it went. */
export function TokenImportLog({ jobId }: { readonly jobId: string }) {
  const client = useClient();
  const [counts, setCounts] = useState<TokenImportCounts | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [saving, setSaving] = useState<{ readonly isRunning: boolean; readonly error: unknown }>({ isRunning: false, error: null });
  const load = useCallback<ComponentProps<typeof TokenRows>['load']>(
    (window, signal) => client.tokens.importLog({ jobId, ...window }, { signal }),
    [client, jobId],
  );

  useEffect(() => {
    const controller = new AbortController();
    client.tokens.importLog({ jobId, limit: 1 }, { signal: controller.signal }).then(
      (answer) => setCounts(answer.counts),
      (thrown: unknown) => {
        if (!controller.signal.aborted) setError(thrown);
      },
    );
    return () => controller.abort();
  }, [client, jobId]);

  async function save() {
    setSaving({ isRunning: true, error: null });
    try {
      const parts: string[] = [byteOrderMark];
      for await (const part of tokenImportLogCsv(client.tokens, jobId)) parts.push(part);
      downloadCsv(csvFileName(new Date(), 'token-import'), parts);
      setSaving({ isRunning: false, error: null });
    } catch (thrown) {
      setSaving({ isRunning: false, error: thrown });
    }
  }

  if (isAppError(error, 'not-found')) return <p>{jobReportText.logGone}</p>;
  if (error !== null) return <ErrorNotice error={error} context={text.rowsFailed} />;
  if (!counts) return <p role="status">{jobReportText.loading}</p>;
  return (
    <>
      <span role="status">{text.imported(counts)}</span>
      {saving.error !== null && <ErrorNotice error={saving.error} context={text.saveFailed} />}
      <TokenRows label={text.logLabel} counts={counts} addedText={text.added} load={load}>
        <Button icon={<ArrowDownloadRegular />} disabledFocusable={saving.isRunning} onClick={() => void save()}>
          {saving.isRunning ? text.saving : text.saveLog}
        </Button>
      </TokenRows>
    </>
  );
}
