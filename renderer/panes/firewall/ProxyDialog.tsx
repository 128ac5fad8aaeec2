import { Button, Field, Radio, RadioGroup, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { proxyModes, type ProxyState } from '../../../shared/contract/network.contract.ts';
import { useClient } from '../../app/client.tsx';
import { firewallText, proxyText as text } from '../../i18n/en/firewall.ts';
import { AppDialog, DialogCloseButton } from '../../ui/AppDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { TextField, ValidationProvider } from '../../ui/FormField.tsx';
import { StoredPasswordField } from '../../ui/StoredPasswordField.tsx';
import { SubmitForm } from '../../ui/SubmitForm.tsx';
import { useRead } from '../../ui/useRead.ts';
import { isSameForm, passwordStateOf, proxyProblems, toProxyForm, toProxySettings, type ProxyForm } from './proxyForm.ts';

interface ProxyDialogProps {
  onSaved(): void;
  onClose(): void;
}

/** Through which proxy HTTPS leaves. Its password goes into the keychain and never comes back. */
export function ProxyDialog({ onSaved, onClose }: ProxyDialogProps) {
  const client = useClient();
  const { value: saved, error: unread } = useRead((options) => client.network.proxy(null, options));
  const [typed, setTyped] = useState<ProxyForm | null>(null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [isSaving, setSaving] = useState(false);
  const [unsaved, setUnsaved] = useState<unknown>(null);
  const error = unread ?? unsaved;

  const before = saved && toProxyForm(saved.settings);
  const form = typed ?? before;
  const problems = form ? proxyProblems(form) : new Map<string, string>();
  const isDirty = form !== null && before !== null && !isSameForm(form, before);

  async function apply() {
    if (!form || isSaving) return;
    if (problems.size > 0) return setLeft(new Set(problems.keys()));
    if (!isDirty) return onClose();
    setSaving(true);
    try {
      await client.network.setProxy(toProxySettings(form));
      onSaved();
      onClose();
    } catch (failure) {
      setUnsaved(failure);
      setSaving(false);
    }
  }

  return (
    <AppDialog
      title={text.title}
      sizeKey="proxy"
      initialSize={{ width: 600, height: 600 }}
      isDirty={isDirty}
      onClose={onClose}
      actions={
        <>
          <Button appearance="primary" type="submit" form="proxy" disabledFocusable={form === null || isSaving}>
            {text.apply}
          </Button>
          <DialogCloseButton>{firewallText.cancel}</DialogCloseButton>
        </>
      }
    >
      {error !== null && <ErrorNotice error={error} context={text.failed} />}
      {saved && form && (
        <ValidationProvider
          value={{
            problems: new Map([...problems].filter(([field]) => left.has(field))),
            leave: (field) => setLeft(new Set([...left, field])),
          }}
        >
          <ProxyFields form={form} saved={saved} change={(next) => setTyped({ ...form, ...next })} onSubmit={() => void apply()} />
        </ValidationProvider>
      )}
    </AppDialog>
  );
}

interface ProxyFieldsProps {
  readonly form: ProxyForm;
  readonly saved: ProxyState;
  change(next: Partial<ProxyForm>): void;
  onSubmit(): void;
}

function ProxyFields({ form, saved, change, onSubmit }: ProxyFieldsProps) {
  const styles = useStyles();
  const { environment } = saved;
  const state = passwordStateOf(form, saved);
  const modes = useRef<HTMLDivElement>(null);
  // They come after the dialog.
  useEffect(() => modes.current?.querySelector<HTMLInputElement>('input:checked')?.focus(), []);

  return (
    <SubmitForm id="proxy" className={styles.root} onSubmit={onSubmit}>
      <span>{text.intro}</span>
      <Field label={text.mode}>
        <RadioGroup ref={modes} value={form.mode} onChange={(_event, data) => change({ mode: data.value as ProxyForm['mode'] })}>
          {proxyModes.map((mode) => (
            <Radio
              key={mode}
              value={mode}
              label={
                mode === 'environment' ? text.environment(environment.proxy, environment.bypass, environment.problem) : text.modes[mode]
              }
            />
          ))}
        </RadioGroup>
      </Field>
      {form.mode === 'own' && (
        <>
          <TextField isRequired label={firewallText.host} field="host" value={form.host} onChange={(host) => change({ host })} />
          <TextField isRequired isNumber label={firewallText.port} field="port" value={form.port} onChange={(port) => change({ port })} />
          <TextField label={text.user} field="user" hint={text.userHint} value={form.user} onChange={(user) => change({ user })} />
          {form.user.trim() !== '' && (
            <StoredPasswordField
              label={text.password}
              state={state}
              hint={text.passwords[state]}
              value={form.password}
              onChange={(password) => change({ password })}
            />
          )}
          <TextField
            label={text.bypass}
            field="bypass"
            hint={text.bypassHint}
            value={form.bypass}
            onChange={(bypass) => change({ bypass })}
          />
        </>
      )}
    </SubmitForm>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
});
