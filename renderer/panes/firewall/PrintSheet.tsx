import { createPortal } from 'react-dom';
import { publishedRanges, type RangeTable } from '../../../shared/network/published.ts';
import { useShell } from '../../app/useShell.ts';
import { firewallText as text } from '../../i18n/en/firewall.ts';
import { addressTexts, purposeText } from './firewallColumns.tsx';
import type { FirewallRow } from './firewall.store.ts';

/** What the printer gets in place of the window: see page.css. */
export function PrintSheet({ rows, table }: { readonly rows: readonly FirewallRow[]; readonly table: RangeTable }) {
  const server = useShell((s) => s.server?.serverName) ?? '';
  const { columns } = text;
  return createPortal(
    <div data-print-sheet="">
      <h1>{text.printTitle(server)}</h1>
      <table>
        <thead>
          <tr>
            {[columns.host, text.printProtocol, columns.purpose, columns.addresses].map((header) => (
              <th key={header} scope="col">
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows
            .filter(({ isEnabled }) => isEnabled)
            .map((row) => (
              <tr key={row.id}>
                <td>{row.host}</td>
                <td>{text.printPort(row.port, row.protocol)}</td>
                <td>{purposeText(row)}</td>
                <td>{addressTexts(row).join(', ')}</td>
              </tr>
            ))}
        </tbody>
      </table>
      <h2>
        {text.printRanges} ({text.tables[table]})
      </h2>
      <ul>
        {publishedRanges[table].map((range) => (
          <li key={range}>{range}</li>
        ))}
      </ul>
    </div>,
    document.body,
  );
}
