import { Button, Table, TableBody, TableCell, TableRow, makeStyles } from '@fluentui/react-components';
import type { ActivatedServer } from '../../../shared/contract/authority.contract.ts';
import { authorityText as text, roleText } from '../../i18n/en/activation.ts';
import { HeaderRow } from '../../ui/HeaderRow.tsx';
import { shortInstantText } from '../../ui/instants.ts';
import { ScrollArea } from '../../ui/ScrollArea.tsx';

interface ServerTableProps {
  readonly servers: readonly ActivatedServer[];
  onRevoke(server: ActivatedServer): void;
}

/** All servers that were ever activated here. */
export function ServerTable({ servers, onRevoke }: ServerTableProps) {
  const styles = useStyles();
  const { columns } = text;
  const headers = [
    columns.server,
    columns.ip,
    columns.group,
    columns.role,
    columns.state,
    columns.version,
    columns.lastSeen,
    columns.revoke,
  ];
  return (
    <ScrollArea label={text.servers} className={styles.scroll}>
      <Table size="small" aria-label={text.servers} className={styles.table}>
        <HeaderRow headers={headers} />
        <TableBody>
          {servers.map((server) => (
            <TableRow key={server.id}>
              <TableCell className={styles.cell}>
                <bdi>{server.name}</bdi>
              </TableCell>
              <TableCell className={styles.cell}>{server.addresses[0]}</TableCell>
              <TableCell className={styles.cell}>
                <bdi>{server.group}</bdi>
              </TableCell>
              <TableCell>{server.role && roleText[server.role]}</TableCell>
              <TableCell>{text.state(server.state)}</TableCell>
              <TableCell>{server.version}</TableCell>
              <TableCell>{shortInstantText(server.lastSeen)}</TableCell>
              <TableCell>
                {(server.state === 'active' || server.state === 'joining') && (
                  <Button size="small" aria-label={text.revokeOf(server.name)} onClick={() => onRevoke(server)}>
                    {text.revoke}
                  </Button>
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </ScrollArea>
  );
}

const useStyles = makeStyles({
  scroll: { minHeight: '120px' },
  table: { minWidth: '760px' },
  cell: { overflowWrap: 'anywhere' },
});
