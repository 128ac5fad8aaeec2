import { Table, TableBody, TableCell, TableRow, Text, makeStyles } from '@fluentui/react-components';
import { useRef, useState } from 'react';
import type { UserDetail } from '../../../shared/contract/users.contract.ts';
import { useClient } from '../../app/client.tsx';
import { editUserText as text } from '../../i18n/en/editUser.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { HeaderRow } from '../../ui/HeaderRow.tsx';
import { instantText } from '../../ui/instants.ts';
import { LossQuestion } from '../../ui/LossQuestion.tsx';
import { useEditor } from './editor.ts';

type Device = UserDetail['devices'][number];

/** The devices on which the user has activated the mobile app. Removing one takes effect at once. */
export function DevicesTab() {
  const styles = useStyles();
  const client = useClient();
  const { user } = useEditor();
  const [asked, setAsked] = useState<Device | null>(null);
  const [done, setDone] = useState('');
  const [error, setError] = useState<unknown>(null);
  const outcome = useRef<HTMLDivElement>(null);

  async function remove(userId: number, { id, name }: Device) {
    setAsked(null);
    setError(null);
    setDone('');
    try {
      await client.users.removeDevice({ id: userId, deviceId: id });
      setDone(text.deviceRemoved(name));
    } catch (thrown) {
      setError(thrown);
    }
    // The button that had the focus is gone.
    outcome.current?.focus();
  }

  if (!user) return null;
  return (
    <>
      {user.devices.length === 0 && <Text>{text.noDevices}</Text>}
      {user.devices.length > 0 && (
        <Table size="small" aria-label={text.devicesLabel}>
          <HeaderRow
            headers={[text.device, text.deviceType, text.activatedAt, { text: text.deviceCommands, className: styles.commands }]}
          />
          <TableBody>
            {user.devices.map((device) => (
              <TableRow key={device.id}>
                <TableCell dir="auto">{device.name}</TableCell>
                <TableCell>{device.type}</TableCell>
                <TableCell>{instantText(device.activatedAt)}</TableCell>
                <TableCell>
                  <CommandButton
                    calls="users.removeDevice"
                    size="small"
                    aria-label={text.removeDevice(device.name)}
                    onClick={() => setAsked(device)}
                  >
                    {text.remove}
                  </CommandButton>
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      <div ref={outcome} role="status" tabIndex={-1}>
        {done}
      </div>
      {error !== null && <ErrorNotice error={error} context={text.removeFailed} />}
      {asked && (
        <RemoveDevice
          device={asked}
          isLast={user.devices.length === 1 && user.method === 'app'}
          onRemove={() => void remove(user.id, asked)}
          onKeep={() => setAsked(null)}
        />
      )}
    </>
  );
}

interface RemoveDeviceProps {
  readonly device: Device;
  readonly isLast: boolean;
  onRemove(): void;
  onKeep(): void;
}

/** Asks before the user has to activate a device again. */
function RemoveDevice({ device, isLast, onRemove, onKeep }: RemoveDeviceProps) {
  return (
    <LossQuestion
      title={<bdi>{text.removeDeviceTitle(device.name)}</bdi>}
      keep={text.cancel}
      lose={text.remove}
      onKeep={onKeep}
      onLose={onRemove}
    >
      <p>{text.removeDeviceText}</p>
      {isLast && <p>{text.lastDevice}</p>}
    </LossQuestion>
  );
}

const useStyles = makeStyles({ commands: { width: '104px' } });
