import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { ActivationState } from '../../../shared/contract/activation.contract.ts';
import { useDialogs } from '../../app/dialogs.store.ts';
import { activationText as text, roleText } from '../../i18n/en/activation.ts';
import { instantText, relativeText } from '../../ui/instants.ts';
import { Card } from './Card.tsx';
import { DataTable } from './DataTable.tsx';

/** Three calls may be missed. */
const lateMs = 15 * 60_000;

interface GroupCardProps {
  readonly activation: ActivationState;
  readonly hasAuthority: boolean;
}

/** The servers of this server's group, as the authority said last. */
export function GroupCard({ activation: { phase, group, members, contact }, hasAuthority }: GroupCardProps) {
  const styles = useStyles();
  const open = useDialogs((s) => s.open);
  const askedAt = contact.at ?? 0;
  const { columns } = text;
  const headers = [columns.server, columns.ip, columns.role, columns.state, columns.version, columns.lastSeen];
  return (
    <Card
      title={group ? text.groupCard(group.name) : text.cardTitle}
      action={
        <div className={styles.commands}>
          {hasAuthority && (
            <Button size="small" appearance="subtle" onClick={() => open({ kind: 'authority' })}>
              {text.authorityButton}
            </Button>
          )}
          <Button size="small" appearance="subtle" onClick={() => open({ kind: 'activation' })}>
            {text.details}
          </Button>
        </div>
      }
    >
      {!group && <p className={styles.none}>{phase === 'activated' ? text.noGroup : text.notActivated}</p>}
      {group && (
        <DataTable
          label={text.cardTitle}
          columns={headers.map((header) => ({ header }))}
          rows={members.map(({ id, name, addresses, role, version, lastSeen }) => ({
            key: id,
            cells: [
              <bdi key="name">{name}</bdi>,
              addresses.join(', '),
              roleText[role],
              askedAt - lastSeen > lateMs ? text.notSeen : text.online,
              version,
              <time key="seen" dateTime={new Date(lastSeen).toISOString()} title={relativeText(lastSeen, Date.now())}>
                {instantText(lastSeen)}
              </time>,
            ],
          }))}
        />
      )}
    </Card>
  );
}

const useStyles = makeStyles({
  none: { margin: '0', color: tokens.colorNeutralForeground2 },
  commands: { display: 'flex', columnGap: tokens.spacingHorizontalS },
});
