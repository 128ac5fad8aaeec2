import { makeStyles } from '@fluentui/react-components';
import { useEffect, useMemo, useState } from 'react';
import type { Job, JobItem } from '../../../shared/contract/jobs.contract.ts';
import { useClient } from '../../app/client.tsx';
import { jobReportText as text } from '../../i18n/en/jobs.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { createRowSource } from '../../ui/table/rowSource.ts';
import type { TableColumn } from '../../ui/table/tableColumn.ts';
import { VirtualTable } from '../../ui/table/VirtualTable.tsx';

const columns: readonly TableColumn<JobItem>[] = [
  { id: 'item', header: text.item, width: 220, isFixed: true, text: ({ item }) => item },
  { id: 'text', header: text.itemReason, width: 320, grow: 1, text: ({ text: reason }) => reason },
];

/** Each item for which a job could not do its work, or that its report names for another reason, and why. Nothing where there are none. */
export function FailedItems({ job }: { readonly job: Job }) {
  const styles = useStyles();
  const client = useClient();
  const [, setRevision] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const [total, setTotal] = useState(job.failures);
  const source = useMemo(
    () =>
      createRowSource<JobItem>({
        load: async (offset, limit, signal) => (await client.jobs.items({ jobId: job.id, offset, limit }, { signal })).items,
        onChange: () => setRevision((revision) => revision + 1),
        onError: setError,
      }),
    [client, job.id],
  );

  useEffect(() => {
    let isGone = false;
    client.jobs.items({ jobId: job.id, limit: 1 }).then(
      (answer) => isGone || setTotal(answer.total),
      () => {}, // the rows say it
    );
    return () => void (isGone = true);
  }, [client, job.id]);

  if (total === 0) return null;
  if (error !== null) return <ErrorNotice error={error} context={text.itemsFailed} />;
  return (
    <div className={styles.list}>
      <VirtualTable label={text.itemsLabel} columns={columns} count={total} row={source.row} onVisible={source.show} />
    </div>
  );
}

const useStyles = makeStyles({ list: { flex: '1 1 0', minHeight: '160px' } });
