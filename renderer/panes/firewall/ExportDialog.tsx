import { Button, Checkbox, Field, Radio, RadioGroup, Text, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { firewallRules, ruleFormats, type RuleFormat } from '../../../shared/network/firewallRules.ts';
import { rangeTables, type RangeTable } from '../../../shared/network/published.ts';
import { useClient, type ConsoleClient } from '../../app/client.tsx';
import { firewallText as text } from '../../i18n/en/firewall.ts';
import { AppDialog, DialogCloseButton } from '../../ui/AppDialog.tsx';
import { copyText } from '../../ui/copyText.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { saveFile } from '../../ui/saveFile.ts';
import { ScrollArea } from '../../ui/ScrollArea.tsx';
import type { FirewallRow } from './firewall.store.ts';
import { PrintSheet } from './PrintSheet.tsx';

const files: Readonly<Record<RuleFormat, { readonly name: string; readonly type: string }>> = {
  ps1: { name: 'mfa-server-firewall.ps1', type: 'text/plain' },
  netsh: { name: 'mfa-server-firewall.cmd', type: 'text/plain' },
  csv: { name: 'mfa-server-firewall.csv', type: 'text/csv' },
  md: { name: 'mfa-server-firewall.md', type: 'text/markdown' },
};

type Automatic = Awaited<ReturnType<ConsoleClient['network']['rangeTable']>>;

/** Rules for Windows Firewall, or a table for whoever runs the firewall: to save, copy or print. */
export function ExportDialog({ rows, onClose }: { readonly rows: readonly FirewallRow[]; onClose(): void }) {
  const styles = useStyles();
  const [format, setFormat] = useState<RuleFormat>('ps1');
  const client = useClient();
  const [automatic, setAutomatic] = useState<Automatic | null>(null);
  const [choice, setChoice] = useState<RangeTable | 'automatic'>('automatic');
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let isGone = false;
    client.network.rangeTable(null).then(
      (found) => isGone || setAutomatic(found),
      (failure: unknown) => isGone || setError(failure),
    );
    return () => void (isGone = true);
  }, [client]);
  const table = choice === 'automatic' ? (automatic?.table ?? 'full') : choice;

  async function takeEventConfirmation(isUsed: boolean) {
    setAutomatic((before) => before && { ...before, eventConfirmation: isUsed });
    try {
      await client.network.setEventConfirmation({ isUsed });
      setAutomatic(await client.network.rangeTable(null));
    } catch (failure) {
      setError(failure);
    }
  }

  const [copied, setCopied] = useState('');
  const [withOthers, setWithOthers] = useState(true);
  const others = rows.filter(({ isEnabled, purpose }) => isEnabled && purpose !== 'cloud');
  const rules = firewallRules(
    format,
    table,
    withOthers
      ? others.map(({ host, port, protocol, check }) => ({ host, port, protocol, addresses: check?.addresses ?? [], proxy: check?.proxy }))
      : [],
  );

  return (
    <AppDialog
      title={text.exportTitle}
      sizeKey="firewall-export"
      initialSize={{ width: 760, height: 600 }}
      onClose={onClose}
      note={<span aria-live="polite">{copied === rules && <Text>{text.copied}</Text>}</span>}
      actions={
        <>
          <Button appearance="primary" onClick={() => saveFile(files[format].name, files[format].type, [`${rules}\r\n`])}>
            {text.save}
          </Button>
          <Button onClick={() => void copyText(rules).then(() => setCopied(rules))}>{text.copy}</Button>
          <Button onClick={() => print()}>{text.print}</Button>
          <DialogCloseButton>{text.close}</DialogCloseButton>
        </>
      }
    >
      <div className={styles.root}>
        <Field label={text.format}>
          <RadioGroup value={format} onChange={(_event, data) => setFormat(data.value as RuleFormat)}>
            {ruleFormats.map((each) => (
              <Radio key={each} value={each} label={text.formats[each]} />
            ))}
          </RadioGroup>
        </Field>
        {error !== null && <ErrorNotice error={error} context={text.tableFailed} />}
        <Field label={text.table} hint={choice === 'automatic' ? automatic?.reason : text.reducedHint}>
          <RadioGroup layout="horizontal" value={choice} onChange={(_event, data) => setChoice(data.value as typeof choice)}>
            {(['automatic', ...rangeTables] as const).map((each) => (
              <Radio key={each} value={each} label={text.tables[each]} />
            ))}
          </RadioGroup>
        </Field>
        {choice === 'automatic' && automatic && (
          <Checkbox
            label={text.eventConfirmation}
            checked={automatic.eventConfirmation}
            onChange={(_event, { checked }) => void takeEventConfirmation(checked === true)}
          />
        )}
        <Checkbox label={text.withOthers} checked={withOthers} onChange={(_event, { checked }) => setWithOthers(checked === true)} />
        <ScrollArea label={text.preview} className={styles.preview}>
          {rules}
        </ScrollArea>
      </div>
      <PrintSheet rows={rows} table={table} />
    </AppDialog>
  );
}

const useStyles = makeStyles({
  root: { flex: '1 1 0', minHeight: '0', display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  preview: {
    flex: '1 1 0',
    minHeight: '96px',
    padding: tokens.spacingHorizontalM,
    overflow: 'auto',
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
});
