import { Button, Field, Input, MessageBar, MessageBarBody, Radio, RadioGroup, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { isPort } from '../../../shared/network/hostNames.ts';
import { activationText as text, authorityAdvice } from '../../i18n/en/activation.ts';
import { CertificateCard } from '../../ui/CertificateCard.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { problemProps } from '../../ui/FormField.tsx';
import { SubmitForm } from '../../ui/SubmitForm.tsx';
import { focusFirstAttribute } from '../../ui/useFocusReturn.ts';
import { FileStep } from './FileStep.tsx';
import type { ActivationDialogStore } from './activation.store.ts';

/** Which authority, and the two boxes of the original. */
export function CredentialsStep({ store, formId }: { readonly store: ActivationDialogStore; readonly formId: string }) {
  const styles = useStyles();
  const { form, ownUrl, work, failure, generatedUntil, unknown, type, generate, activate, trust } = store;
  const [wasLeft, setLeft] = useState(false);
  const { way, port, address, email, password } = form;
  const isOwn = way === 'own';

  return (
    <SubmitForm
      id={formId}
      className={styles.form}
      onSubmit={() => {
        if (isReadyToActivate(store)) void activate();
      }}
    >
      <span>{text.intro}</span>
      {failure?.work === 'generating' && <ErrorNotice error={failure.error} context={text.generateFailed} />}
      {failure?.work === 'activating' && <ErrorNotice error={failure.error} context={text.activateFailed} advice={authorityAdvice} />}
      <Field label={text.authority} orientation="horizontal" className={styles.field}>
        <RadioGroup value={way} onChange={(_event, data) => type({ way: data.value as typeof way, email: '', password: '' })}>
          <Radio value="own" label={text.own} {...(isOwn && { [focusFirstAttribute]: '' })} />
          <Radio value="other" label={text.other} {...(way === 'other' && { [focusFirstAttribute]: '' })} />
          <Radio value="file" label={text.byFile} {...(way === 'file' && { [focusFirstAttribute]: '' })} />
        </RadioGroup>
      </Field>
      {isOwn && ownUrl === null && (
        <Field
          label={text.port}
          orientation="horizontal"
          className={styles.field}
          hint={text.ownHint}
          onBlur={() => setLeft(true)}
          {...problemProps(wasLeft && !isPort(port) ? text.portProblem : undefined)}
        >
          <Input inputMode="numeric" autoComplete="off" value={port} onChange={(_event, data) => type({ port: data.value })} />
        </Field>
      )}
      {isOwn && (
        <div className={styles.generate}>
          <Button disabledFocusable={work !== null || (ownUrl === null && !isPort(port))} onClick={() => void generate()}>
            {text.generate}
          </Button>
        </div>
      )}
      <div role="status">
        {isOwn && generatedUntil !== null && (
          <MessageBar intent="success" layout="multiline">
            <MessageBarBody>{text.generated(generatedUntil)}</MessageBarBody>
          </MessageBar>
        )}
      </div>
      {way === 'other' && (
        <Field label={text.address} orientation="horizontal" className={styles.field} hint={text.addressHint}>
          <Input
            value={address}
            placeholder="https://mfa1.corp.example:8463#sha256=…"
            spellCheck={false}
            autoComplete="off"
            onChange={(_event, data) => type({ address: data.value })}
          />
        </Field>
      )}
      {unknown && (
        <>
          <span>{text.trustQuestion}</span>
          <CertificateCard certificate={unknown.certificate} host={unknown.authorityUrl.replace(/#.*/, '')} onTrust={() => void trust()} />
        </>
      )}
      {way === 'file' ? (
        <FileStep store={store} />
      ) : (
        <>
          <Field label={text.email} orientation="horizontal" className={styles.field}>
            <Input value={email} spellCheck={false} autoComplete="off" onChange={(_event, data) => type({ email: data.value })} />
          </Field>
          <Field label={text.password} orientation="horizontal" className={styles.field}>
            <Input type="password" value={password} autoComplete="off" onChange={(_event, data) => type({ password: data.value })} />
          </Field>
        </>
      )}
    </SubmitForm>
  );
}

export function isReadyToActivate({ form, ownUrl, work }: Pick<ActivationDialogStore, 'form' | 'ownUrl' | 'work'>): boolean {
  const hasAddress = form.way === 'own' ? ownUrl !== null : form.address.trim() !== '';
  return work === null && form.way !== 'file' && hasAddress && form.email.trim() !== '' && form.password !== '';
}

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  field: { gridTemplateColumns: '144px minmax(0, 1fr)' },
  generate: { paddingLeft: '144px' },
});
