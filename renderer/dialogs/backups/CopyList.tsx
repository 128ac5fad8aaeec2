import { Table, TableBody, TableCell, TableHeader, TableHeaderCell, TableRow, Text, makeStyles } from '@fluentui/react-components';
import type { BackupCopy } from '../../../shared/contract/backups.contract.ts';
import { backupsText as text } from '../../i18n/en/backups.ts';
import { instantText } from '../../ui/instants.ts';
import { Mono } from '../../ui/Mono.tsx';

/** The copies in the folder of backups, the newest first. */
export function CopyList({ copies, folder }: { readonly copies: readonly BackupCopy[]; readonly folder: string }) {
  const styles = useStyles();
  if (copies.length === 0) return <Text>{text.noCopies(folder)}</Text>;
  const { file, bytes, changedAt, kind } = text.columns;
  return (
    <Table size="small" aria-label={text.copies}>
      <TableHeader>
        <TableRow>
          <TableHeaderCell>{file}</TableHeaderCell>
          <TableHeaderCell className={styles.narrow}>{bytes}</TableHeaderCell>
          <TableHeaderCell className={styles.time}>{changedAt}</TableHeaderCell>
          <TableHeaderCell className={styles.narrow}>{kind}</TableHeaderCell>
        </TableRow>
      </TableHeader>
      <TableBody>
        {copies.map((copy) => (
          <TableRow key={copy.file}>
            <TableCell>
              <Mono text={copy.file} label={text.columns.file} />
            </TableCell>
            <TableCell className={styles.narrow}>{text.size(copy.bytes)}</TableCell>
            <TableCell className={styles.time}>{instantText(copy.changedAt)}</TableCell>
            <TableCell className={styles.narrow}>{copy.isScheduled ? text.kinds.scheduled : text.kinds.byHand}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

const useStyles = makeStyles({ narrow: { width: '88px', fontVariantNumeric: 'tabular-nums' }, time: { width: '160px' } });
