import {
  Checkbox,
  MessageBar,
  MessageBarBody,
  Radio,
  RadioGroup,
  Select,
  Text,
  Textarea,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { deliveryModes, mailSecurities, relayAuths, type EmailSettings } from '../../../../shared/contract/email.contract.ts';
import { deliveryModeText, emailSettingsText as text, mailSecurityText, relayAuthText } from '../../../i18n/en/email.ts';
import { CaField } from '../../../ui/CaField.tsx';
import { FormField, TextField } from '../../../ui/FormField.tsx';
import { PinList } from '../../../ui/PinList.tsx';
import { Section } from '../../../ui/Section.tsx';
import { StoredPasswordField } from '../../../ui/StoredPasswordField.tsx';
import { withSecurity, type EmailForm } from './emailForm.ts';
import { clientSecretState, passwordState, type EmailSettingsStore } from './emailSettings.store.ts';

interface FieldsProps {
  readonly form: EmailForm;
  readonly store: StoreApi<EmailSettingsStore>;
}

/** Every setting, those first that decide whether anything leaves. */
export function SettingsFields({ form, store }: FieldsProps) {
  const styles = useStyles();
  const { change } = store.getState();
  return (
    <div className={styles.root}>
      <DeliveryFields form={form} store={store} />
      <RelayFields form={form} store={store} />
      <Section title={text.sender}>
        <TextField field="from" label={text.from} hint={text.fromHint} dir="auto" value={form.from} onChange={(from) => change({ from })} />
        <TextField
          field="replyTo"
          label={text.replyTo}
          hint={text.replyToHint}
          dir="auto"
          value={form.replyTo}
          onChange={(replyTo) => change({ replyTo })}
        />
      </Section>
      <Section title={text.content}>
        <TextField
          field="companyName"
          label={text.companyName}
          hint={text.companyHint}
          dir="auto"
          value={form.companyName}
          onChange={(companyName) => change({ companyName })}
        />
        <TextField
          field="portalUrl"
          label={text.portalUrl}
          hint={text.portalHint}
          placeholder="https://mfa.corp.example/portal"
          value={form.portalUrl}
          onChange={(portalUrl) => change({ portalUrl })}
        />
      </Section>
      <Section title={text.administrators}>
        <FormField field="administrators" label={text.administratorsField} hint={text.administratorsHint}>
          <Textarea
            value={form.administrators}
            rows={3}
            resize="vertical"
            spellCheck={false}
            dir="auto"
            onChange={(_event, data) => change({ administrators: data.value })}
          />
        </FormField>
      </Section>
      <Section title={text.speed}>
        <NumberField field="ratePerSecond" label={text.rate} hint={text.rateHint} form={form} store={store} />
        <NumberField field="connections" label={text.connections} hint={text.connectionsHint} form={form} store={store} />
        <NumberField field="recipientsPerDay" label={text.perDay} hint={text.perDayHint} form={form} store={store} />
      </Section>
      <Section title={text.perDomain} hint={text.perDomainHint}>
        <NumberField field="domainRatePerSecond" label={text.domainRate} hint={text.domainRateHint} form={form} store={store} />
        <NumberField field="domainConnections" label={text.domainConnections} hint={text.domainConnectionsHint} form={form} store={store} />
      </Section>
    </div>
  );
}

interface NumberFieldProps extends FieldsProps {
  readonly field: 'ratePerSecond' | 'connections' | 'recipientsPerDay' | 'domainRatePerSecond' | 'domainConnections';
  readonly label: string;
  readonly hint: string;
}

function NumberField({ field, label, hint, form, store }: NumberFieldProps) {
  const { change } = store.getState();
  return (
    <TextField field={field} label={label} hint={hint} isNumber value={form[field]} onChange={(value) => change({ [field]: value })} />
  );
}

function DeliveryFields({ form, store }: FieldsProps) {
  const styles = useStyles();
  const { change } = store.getState();
  return (
    <Section title={text.delivery}>
      <div className={styles.check}>
        <Checkbox
          label={text.sendEmails}
          checked={form.sendEmails}
          onChange={(_event, data) => change({ sendEmails: data.checked === true })}
        />
        <Text size={200} className={styles.checkHint}>
          {text.sendEmailsHint}
        </Text>
      </div>
      <FormField field="mode" label={text.mode}>
        <RadioGroup value={form.mode} onChange={(_event, data) => change({ mode: data.value as EmailSettings['mode'] })}>
          {deliveryModes.map((mode) => {
            const [name, meaning] = deliveryModeText[mode];
            return (
              <Radio
                key={mode}
                value={mode}
                label={
                  <>
                    {name}
                    <Text block size={200} className={styles.hint}>
                      {meaning}
                    </Text>
                  </>
                }
              />
            );
          })}
        </RadioGroup>
      </FormField>
      {form.mode === 'pickup' && (
        <TextField
          field="pickupFolder"
          label={text.pickupFolder}
          hint={text.pickupHint}
          isRequired
          value={form.pickupFolder}
          onChange={(pickupFolder) => change({ pickupFolder })}
        />
      )}
    </Section>
  );
}

function RelayFields({ form, store }: FieldsProps) {
  const { relay } = form;
  const password = useStore(store, (s) => s.password);
  const state = useStore(store, passwordState);
  const { changeRelay, change, setPassword } = store.getState();
  return (
    <Section title={text.relay} hint={form.mode === 'hold' ? text.relayHint : undefined}>
      <TextField
        field="relay.host"
        label={text.host}
        isRequired={form.mode === 'relay'}
        placeholder="smtp.corp.example"
        value={relay.host}
        onChange={(host) => changeRelay({ host })}
      />
      <FormField field="relay.security" label={text.security}>
        <Select
          value={relay.security}
          onChange={(_event, data) => change({ relay: withSecurity(relay, data.value as EmailSettings['relay']['security']) })}
        >
          {mailSecurities.map((security) => (
            <option key={security} value={security}>
              {mailSecurityText[security]}
            </option>
          ))}
        </Select>
      </FormField>
      {relay.security === 'none' && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{text.plainWarning}</MessageBarBody>
        </MessageBar>
      )}
      <TextField field="relay.port" label={text.port} isNumber value={relay.port} onChange={(port) => changeRelay({ port })} />
      <FormField field="relay.auth" label={text.auth}>
        <Select
          value={relay.auth}
          onChange={(_event, data) => changeRelay({ auth: relayAuths.find((auth) => auth === data.value) ?? relay.auth })}
        >
          {relayAuths.map((auth) => (
            <option key={auth} value={auth}>
              {relayAuthText[auth]}
            </option>
          ))}
        </Select>
      </FormField>
      {relay.auth === 'oauth2' && <OauthFields form={form} store={store} />}
      {relay.auth !== 'none' && (
        <TextField
          field="relay.user"
          label={text.user}
          hint={text.userHint[relay.auth]}
          isRequired
          value={relay.user}
          onChange={(user) => changeRelay({ user })}
        />
      )}
      {relay.auth === 'password' && (
        <StoredPasswordField label={text.password} state={state} hint={text.passwords[state]} value={password} onChange={setPassword} />
      )}
      {relay.security !== 'none' && (
        <>
          <CaField field="relay.caPem" value={relay.caPem} onChange={(caPem) => changeRelay({ caPem })} />
          <PinList pins={relay.pins} onChange={(pins) => changeRelay({ pins })} />
        </>
      )}
    </Section>
  );
}

/** Who asks for tokens, and where (RFC 6749 section 4.4). */
function OauthFields({ form, store }: FieldsProps) {
  const { oauth } = form.relay;
  const clientSecret = useStore(store, (s) => s.clientSecret);
  const state = useStore(store, clientSecretState);
  const { changeRelay, setClientSecret } = store.getState();
  const change = (part: Partial<typeof oauth>) => changeRelay({ oauth: { ...oauth, ...part } });
  return (
    <>
      <TextField
        field="relay.oauth.tokenUrl"
        label={text.tokenUrl}
        hint={text.tokenUrlHint}
        isRequired
        value={oauth.tokenUrl}
        onChange={(tokenUrl) => change({ tokenUrl })}
      />
      <TextField
        field="relay.oauth.clientId"
        label={text.clientId}
        isRequired
        value={oauth.clientId}
        onChange={(clientId) => change({ clientId })}
      />
      <StoredPasswordField
        label={text.clientSecret}
        state={state}
        hint={text.clientSecrets[state]}
        value={clientSecret}
        onChange={setClientSecret}
      />
      <TextField
        field="relay.oauth.scope"
        label={text.scope}
        hint={text.scopeHint}
        value={oauth.scope}
        onChange={(scope) => change({ scope })}
      />
    </>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS, maxWidth: '720px' },
  check: { display: 'flex', flexDirection: 'column', marginLeft: `calc(0px - ${tokens.spacingHorizontalS})` },
  checkHint: { color: tokens.colorNeutralForeground3, marginLeft: '32px' },
  hint: { color: tokens.colorNeutralForeground3 },
});
