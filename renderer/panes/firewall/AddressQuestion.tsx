import { Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { isHost } from '../../../shared/network/hostNames.ts';
import { rangeOf } from '../../../shared/network/published.ts';
import { firewallText as text } from '../../i18n/en/firewall.ts';

/** A box for an address, and whether the published ranges hold it. */
export function AddressQuestion() {
  const styles = useStyles();
  const [typed, setTyped] = useState('');
  const address = typed.trim().toLowerCase();
  return (
    <div className={styles.root}>
      <Field label={text.address} orientation="horizontal" className={styles.field}>
        <Input
          className={styles.input}
          value={typed}
          placeholder={text.addressHint}
          maxLength={64}
          spellCheck={false}
          autoComplete="off"
          onChange={(_event, data) => setTyped(data.value)}
        />
      </Field>
      <span role="status">{address === '' ? '' : answer(address)}</span>
    </div>
  );
}

function answer(address: string): string {
  // Of what can be a host, only addresses have a colon or end with a number.
  if (!isHost(address) || !/:|\.\d+$/.test(address)) return text.noAddress;
  const full = rangeOf(address, 'full');
  return full === undefined ? text.addressOut : text.addressIn(full, rangeOf(address, 'reduced'));
}

const useStyles = makeStyles({
  root: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: tokens.spacingHorizontalM, minHeight: '32px' },
  field: { gridTemplateColumns: 'max-content minmax(0, 1fr)', columnGap: tokens.spacingHorizontalS, alignItems: 'center' },
  input: { width: '240px' },
});
