import { Table, TableBody, TableCell, TableHeader, TableHeaderCell, TableRow, Text } from '@fluentui/react-components';
import { editUserText as text } from '../../i18n/en/editUser.ts';
import { instantText } from '../../ui/instants.ts';
import { useEditor } from './editor.ts';

/** The devices on which the user has activated the mobile app. */
export function DevicesTab() {
  const { user } = useEditor();
  if (!user || user.devices.length === 0) return <Text>{text.noDevices}</Text>;
  return (
    <Table size="small" aria-label={text.devicesLabel}>
      <TableHeader>
        <TableRow>
          <TableHeaderCell>{text.device}</TableHeaderCell>
          <TableHeaderCell>{text.deviceType}</TableHeaderCell>
          <TableHeaderCell>{text.activatedAt}</TableHeaderCell>
        </TableRow>
      </TableHeader>
      <TableBody>
        {user.devices.map((device) => (
          <TableRow key={device.id}>
            <TableCell dir="auto">{device.name}</TableCell>
            <TableCell>{device.type}</TableCell>
            <TableCell>{instantText(device.activatedAt)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
