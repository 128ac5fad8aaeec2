import { makeStyles, tokens } from '@fluentui/react-components';
import { useId } from 'react';
import type { PastCheck } from '../../../shared/contract/network.contract.ts';
import { firewallText as text } from '../../i18n/en/firewall.ts';
import { checkHistoryText } from '../../i18n/en/checkHistory.ts';
import { StateLabel } from '../../ui/checks/StateLabel.tsx';
import { dayText, instantText } from '../../ui/instants.ts';
import type { FirewallRow } from './firewall.store.ts';
import { addressTexts } from './firewallColumns.tsx';

interface TargetDetailsProps {
  readonly row: FirewallRow | undefined;
  readonly past: readonly PastCheck[];
}

/** All that was found on the way to a target, and what was found before. */
export function TargetDetails({ row, past }: TargetDetailsProps) {
  const styles = useStyles();
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.root}>
      <h2 id={id} className={styles.title} dir="auto">
        {row ? row.id : text.details}
      </h2>
      {row ? <Found row={row} past={past} /> : <p className={styles.quiet}>{text.none}</p>}
    </section>
  );
}

function Found({ row, past }: TargetDetailsProps & { readonly row: FirewallRow }) {
  const styles = useStyles();
  const { check, isEnabled, note, optional, state } = row;
  return (
    <>
      <p className={styles.line}>
        <StateLabel state={state} />
        <span aria-live="polite">{isEnabled ? (check?.reason ?? text.notChecked) : note || text.offText}</span>
      </p>
      {optional && <p className={styles.quiet}>{text.optional}</p>}
      {check && (
        <dl className={styles.facts}>
          {factsOf(row, check).map(([name, value]) => (
            <div key={name} className={styles.fact}>
              <dt className={styles.quiet}>{name}</dt>
              <dd className={styles.value} dir="auto">
                {value}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {past.length > 0 && (
        <ul className={styles.past} aria-label={text.past}>
          {past.map(({ at, state: then, connectMs }) => (
            <li key={at}>{text.pastCheck(instantText(at), checkHistoryText.states[then], connectMs)}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function factsOf(
  row: FirewallRow,
  { connectMs, tls, proxy, http, clockMs }: NonNullable<FirewallRow['check']>,
): (readonly [string, string])[] {
  const { facts } = text;
  return [
    proxy === null ? [facts.addresses, addressTexts(row).join(', ') || text.noConnection] : [facts.proxy, proxy],
    [facts[row.protocol], connectMs === null ? text.noConnection : text.connected(connectMs)],
    ...(tls
      ? ([
          [facts.tls, text.tls(tls.version, tls.issuer)],
          [facts.chain, tls.chain.join(' ← ')],
          [facts.notAfter, tls.notAfter === '' ? '' : dayText(Date.parse(tls.notAfter))],
        ] as const)
      : []),
    ...(http ? ([[facts.http, text.httpAnswer(http.status, http.location)]] as const) : []),
    ...(clockMs === null ? [] : ([[facts.clock, text.clock(clockMs)]] as const)),
  ];
}

const useStyles = makeStyles({
  root: {
    minHeight: '132px',
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalXS,
    overflowWrap: 'anywhere',
  },
  title: { margin: '0', fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300, fontWeight: tokens.fontWeightSemibold },
  line: { margin: '0', display: 'flex', columnGap: tokens.spacingHorizontalM },
  quiet: { margin: '0', color: tokens.colorNeutralForeground2 },
  facts: {
    margin: '0',
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 360px), 1fr))',
    columnGap: tokens.spacingHorizontalXL,
    rowGap: tokens.spacingVerticalXS,
  },
  fact: { display: 'grid', gridTemplateColumns: '128px minmax(0, 1fr)', columnGap: tokens.spacingHorizontalS },
  value: { margin: '0' },
  past: {
    margin: '0',
    padding: '0',
    listStyleType: 'none',
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: tokens.spacingHorizontalXL,
    color: tokens.colorNeutralForeground2,
  },
});
