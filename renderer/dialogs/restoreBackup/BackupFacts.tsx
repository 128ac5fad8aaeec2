import { Button, Field, Input, MessageBar, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useStore } from 'zustand';
import { restoreBackupText as text } from '../../i18n/en/restoreBackup.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { FactList } from '../../ui/FactList.tsx';
import { instantText } from '../../ui/instants.ts';
import { Mono } from '../../ui/Mono.tsx';
import { Section } from '../../ui/Section.tsx';
import { SubmitForm } from '../../ui/SubmitForm.tsx';
import type { CheckedBackup, createRestoreStore } from './restoreBackup.store.ts';

interface BackupFactsProps {
  readonly backup: CheckedBackup;
  /** Of this computer. */
  readonly serverName: string;
  readonly store: ReturnType<typeof createRestoreStore>;
}

/** What the check has found. */
export function BackupFacts({ backup: { name, summary }, serverName, store }: BackupFactsProps) {
  const { createdAt, version, users, bytes, hasKey } = summary;
  const isFromHere = summary.serverName === serverName;
  const secrets = isFromHere ? text.secrets.here : text.secrets.elsewhere(summary.serverName);

  return (
    <Section title={text.found}>
      <MessageBar intent="success" layout="multiline">
        <MessageBarBody>{text.isWhole}</MessageBarBody>
      </MessageBar>
      {!isFromHere && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{text.otherServer(summary.serverName, serverName)}</MessageBarBody>
        </MessageBar>
      )}
      <FactList>
        <dt>{text.facts.file}</dt>
        <dd>
          <Mono text={name} label={text.facts.file} />
        </dd>
        <dt>{text.facts.made}</dt>
        <dd>{instantText(createdAt)}</dd>
        <dt>{text.facts.server}</dt>
        <dd>
          <bdi>{summary.serverName}</bdi>
        </dd>
        <dt>{text.facts.version}</dt>
        <dd>{version}</dd>
        <dt>{text.facts.users}</dt>
        <dd>{text.count(users)}</dd>
        <dt>{text.facts.size}</dt>
        <dd>{text.size(bytes)}</dd>
        <dt>{text.facts.secrets}</dt>
        <dd>{hasKey ? text.secrets.sealed : secrets}</dd>
      </FactList>
      {hasKey && <Passphrase store={store} />}
    </Section>
  );
}

/** Better tried before than after. */
function Passphrase({ store }: { readonly store: BackupFactsProps['store'] }) {
  const styles = useStyles();
  const known = useStore(store, (s) => s.passphrase);
  const [passphrase, setPassphrase] = useState('');
  const isTrying = known === 'trying';
  return (
    <>
      <SubmitForm className={styles.row} onSubmit={() => passphrase !== '' && !isTrying && void store.getState().tryPassphrase(passphrase)}>
        <Field
          label={text.passphrase}
          orientation="horizontal"
          className={styles.field}
          {...(known === 'right' && { validationState: 'success' as const, validationMessage: text.passphraseRight })}
        >
          <Input
            type="password"
            autoComplete="off"
            maxLength={1024}
            value={passphrase}
            onChange={(_event, data) => setPassphrase(data.value)}
          />
        </Field>
        <Button type="submit" disabledFocusable={passphrase === '' || isTrying}>
          {isTrying ? text.trying : text.tryIt}
        </Button>
      </SubmitForm>
      {typeof known !== 'string' && <ErrorNotice error={known} />}
    </>
  );
}

const useStyles = makeStyles({
  row: { display: 'flex', columnGap: tokens.spacingHorizontalS, alignItems: 'flex-start' },
  field: { flexGrow: 1, maxWidth: '480px' },
});
