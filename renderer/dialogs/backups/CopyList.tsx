import { Table, TableBody, TableCell, TableRow, Text, makeStyles } from '@fluentui/react-components';
import type { BackupCopy } from '../../../shared/contract/backups.contract.ts';
import { backupsText as text } from '../../i18n/en/backups.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { HeaderRow } from '../../ui/HeaderRow.tsx';
import { instantText } from '../../ui/instants.ts';
import { Mono } from '../../ui/Mono.tsx';

interface CopyListProps {
  readonly copies: readonly BackupCopy[];
  readonly folder: string;
  onRestore(file: string): void;
}

/** The copies in the folder of backups, the newest first. */
export function CopyList({ copies, folder, onRestore }: CopyListProps) {
  const styles = useStyles();
  if (copies.length === 0) return <Text>{text.noCopies(folder)}</Text>;
  const { file, bytes, changedAt, kind } = text.columns;
  return (
    <Table size="small" aria-label={text.copies}>
      <HeaderRow
        headers={[
          file,
          { text: bytes, className: styles.narrow },
          { text: changedAt, className: styles.time },
          { text: kind, className: styles.narrow },
          { text: text.restore, className: styles.narrow },
        ]}
      />
      <TableBody>
        {copies.map((copy) => (
          <TableRow key={copy.file}>
            <TableCell>
              <Mono text={copy.file} label={text.columns.file} />
            </TableCell>
            <TableCell className={styles.narrow}>{text.size(copy.bytes)}</TableCell>
            <TableCell className={styles.time}>{instantText(copy.changedAt)}</TableCell>
            <TableCell className={styles.narrow}>{copy.isScheduled ? text.kinds.scheduled : text.kinds.byHand}</TableCell>
            <TableCell className={styles.narrow}>
              <CommandButton
                calls="backups.restore"
                size="small"
                aria-label={text.restoreOf(copy.file)}
                onClick={() => onRestore(copy.file)}
              >
                {text.restoreThis}
              </CommandButton>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

const useStyles = makeStyles({ narrow: { width: '88px', fontVariantNumeric: 'tabular-nums' }, time: { width: '160px' } });
