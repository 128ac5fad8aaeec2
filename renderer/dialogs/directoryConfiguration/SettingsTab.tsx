import { Button, makeStyles, Select, tokens } from '@fluentui/react-components';
import { useId, type ReactNode } from 'react';
import { useStore, type StoreApi } from 'zustand';
import { directoryKinds, type DirectoryKind, type DirectorySettings } from '../../../shared/contract/directory.contract.ts';
import { checksText } from '../../i18n/en/checks.ts';
import { countryText, directoryText as text, kindText, phoneRuleText, timeoutText } from '../../i18n/en/directory.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { CaField } from '../../ui/CaField.tsx';
import { PinList } from '../../ui/PinList.tsx';
import { StoredPasswordField } from '../../ui/StoredPasswordField.tsx';
import { passwordState, type ConfigurationStore } from './configuration.store.ts';
import { countryCodes } from './countryCodes.ts';
import { FormField, TextField } from '../../ui/FormField.tsx';
import { ServerList } from './ServerList.tsx';
import { withKind, type SettingsForm } from './settingsForm.ts';

interface SettingsTabProps {
  readonly store: StoreApi<ConfigurationStore>;
  readonly form: SettingsForm;
  /** The test buttons and their steps. */
  readonly test: ReactNode;
}

/** Where the directory is, who signs in, and how. */
export function SettingsTab({ store, form, test }: SettingsTabProps) {
  const styles = useStyles();
  const { change, replace } = store.getState();
  return (
    <div className={styles.root}>
      <FormField label={text.kind} field="kind">
        <Select
          value={form.kind}
          onChange={(_event, data) => replace((now, defaults) => withKind(now, data.value as DirectoryKind, defaults))}
        >
          {directoryKinds.map((kind) => (
            <option key={kind} value={kind}>
              {kindText[kind]}
            </option>
          ))}
        </Select>
      </FormField>
      <ServerList form={form} onChange={change} />
      <TextField label={text.bindDn} field="bindDn" hint={text.bindHint} value={form.bindDn} onChange={(bindDn) => change({ bindDn })} />
      <PasswordField store={store} />
      <BaseDnField store={store} value={form.baseDn} />
      {test}
      <h3 className={styles.heading}>{checksText.certificates}</h3>
      <CaField field="caPem" value={form.caPem} onChange={(caPem) => change({ caPem })} />
      <PinList pins={form.pins} onChange={(pins) => change({ pins })} />
      <h3 className={styles.heading}>{text.timeouts}</h3>
      <TextField
        label={text.pageSize}
        field="pageSize"
        hint={text.pageSizeHint}
        value={form.pageSize}
        isNumber
        onChange={(pageSize) => change({ pageSize })}
      />
      {(Object.keys(timeoutText) as (keyof DirectorySettings['timeouts'])[]).map((name) => (
        <TextField
          key={name}
          label={timeoutText[name]}
          field={`timeouts.${name}`}
          value={form.timeouts[name]}
          isNumber
          onChange={(value) => change({ timeouts: { ...form.timeouts, [name]: value } })}
        />
      ))}
      <h3 className={styles.heading}>{text.phones}</h3>
      <FormField label={text.country} field="defaultCountry" hint={text.countryHint}>
        <Select value={form.defaultCountry} onChange={(_event, data) => change({ defaultCountry: data.value })}>
          {countryCodes.map((code) => (
            <option key={code} value={code}>
              {countryText(code)}
            </option>
          ))}
        </Select>
      </FormField>
      <FormField label={text.phoneRule} field="phoneRule">
        <Select value={form.phoneRule} onChange={(_event, data) => change({ phoneRule: data.value as SettingsForm['phoneRule'] })}>
          {Object.entries(phoneRuleText).map(([rule, words]) => (
            <option key={rule} value={rule}>
              {words}
            </option>
          ))}
        </Select>
      </FormField>
    </div>
  );
}

function PasswordField({ store }: { readonly store: StoreApi<ConfigurationStore> }) {
  const state = useStore(store, passwordState);
  const password = useStore(store, (s) => s.password);
  const { setPassword } = store.getState();
  const hints = { typed: text.passwordTyped, stored: text.passwordStored, forgotten: text.passwordForgotten, none: text.passwordNone };
  return <StoredPasswordField label={text.password} state={state} hint={hints[state]} value={password} onChange={setPassword} />;
}

function BaseDnField({ store, value }: { readonly store: StoreApi<ConfigurationStore>; readonly value: string }) {
  const styles = useStyles();
  const listId = useId();
  const baseDns = useStore(store, (s) => s.baseDns);
  const { change, findBaseDns } = store.getState();
  const offered = baseDns.phase === 'answered' ? baseDns.answer : [];
  return (
    <>
      <div className={styles.withButton}>
        <TextField
          label={text.baseDn}
          field="baseDn"
          isRequired
          placeholder="DC=contoso,DC=com"
          value={value}
          onChange={(baseDn) => change({ baseDn })}
        />
        <Button disabled={baseDns.phase === 'asking'} aria-describedby={listId} onClick={() => void findBaseDns()}>
          {baseDns.phase === 'asking' ? text.finding : text.find}
        </Button>
      </div>
      <div id={listId} role="status" className={styles.indented}>
        {baseDns.phase === 'answered' && offered.length === 0 && text.noBaseDns}
        {offered.length > 0 && (
          <ul aria-label={text.foundBaseDns} className={styles.offers}>
            {offered.map((dn) => (
              <li key={dn}>
                <Button
                  size="small"
                  appearance={dn === value ? 'primary' : 'secondary'}
                  aria-pressed={dn === value}
                  onClick={() => change({ baseDn: dn })}
                >
                  {dn}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </div>
      {baseDns.phase === 'failed' && <ErrorNotice error={baseDns.error} />}
    </>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  heading: { margin: '0', marginTop: tokens.spacingVerticalM, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  withButton: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    columnGap: tokens.spacingHorizontalS,
    alignItems: 'start',
  },
  indented: { marginLeft: '176px', display: 'flex', columnGap: tokens.spacingHorizontalS, ':empty': { display: 'none' } },
  offers: { listStyleType: 'none', margin: '0', padding: '0', display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
});
