import { rangeOf } from '../../../shared/network/published.ts';
import { firewallText as text } from '../../i18n/en/firewall.ts';
import { checkHistoryText } from '../../i18n/en/checkHistory.ts';
import { StateLabel } from '../../ui/checks/StateLabel.tsx';
import type { TableColumn } from '../../ui/table/tableColumn.ts';
import type { FirewallRow } from './firewall.store.ts';

const { columns } = text;

/** Addresses as they are shown; for hosts of the old cloud with the range in which each lies. */
export function addressTexts({ purpose, check }: FirewallRow): string[] {
  const addresses = check?.addresses ?? [];
  return purpose === 'cloud' ? addresses.map((address) => text.inRange(address, rangeOf(address, 'full'))) : addresses;
}

export function resultText({ check, isEnabled, note }: FirewallRow): string {
  if (!isEnabled) return note || text.offText;
  return check?.reason ?? '';
}

export const purposeText = ({ name, purpose }: FirewallRow): string => name || text.purposes[purpose];

export const firewallColumns: readonly TableColumn<FirewallRow>[] = [
  {
    ...{ id: 'state', header: columns.state, width: 128, isSized: true },
    text: ({ state }) => checkHistoryText.states[state],
    render: ({ state }) => <StateLabel state={state} />,
  },
  { id: 'host', header: columns.host, width: 192, grow: 1, text: ({ host }) => host },
  { id: 'port', header: columns.port, width: 80, isSized: true, align: 'end', text: ({ port, protocol }) => text.portText(port, protocol) },
  { id: 'purpose', header: columns.purpose, width: 160, text: purposeText },
  { id: 'result', header: columns.result, width: 320, grow: 6, text: resultText },
  {
    ...{ id: 'roundTrip', header: columns.roundTrip, width: 104, isSized: true, align: 'end' as const },
    text: ({ check }) => (check?.connectMs === null || check?.connectMs === undefined ? '' : text.connected(check.connectMs)),
  },
  { id: 'addresses', header: columns.addresses, width: 136, grow: 1, text: (row) => addressTexts(row).join(', ') },
  {
    ...{ id: 'tls', header: columns.tls, width: 136, grow: 1 },
    text: ({ check }) => (check?.tls ? text.tls(check.tls.version, check.tls.issuer) : ''),
  },
];
