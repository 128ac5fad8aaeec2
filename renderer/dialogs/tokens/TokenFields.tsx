import { Field, Input, Select, ToggleButton, makeStyles, tokens } from '@fluentui/react-components';
import { EyeOffRegular, EyeRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { tokenAlgorithms, tokenKinds, type TokenAlgorithm, type TokenKind } from '../../../shared/contract/tokens.contract.ts';
import { secretEncodings, type SecretEncoding } from '../../../shared/tokens/secretKey.ts';
import { editTokenText as text, tokenFieldNames } from '../../i18n/en/tokenDialogs.ts';
import { FormField, TextField } from '../../ui/FormField.tsx';
import { needsCounter, type TokenForm } from './tokenForm.ts';

interface TokenFieldsProps {
  readonly form: TokenForm;
  /** A new token needs its secret key; for others it can be replaced. */
  readonly isNew: boolean;
  onChange(change: Partial<TokenForm>): void;
}

const label = (field: keyof typeof tokenFieldNames) => text.label(tokenFieldNames[field]);

/** What a token is: serial number, secret key, how its codes are made, from when until when. Needs a ValidationProvider above it. */
export function TokenFields({ form, isNew, onChange }: TokenFieldsProps) {
  const styles = useStyles();
  return (
    <>
      <TextField
        size="small"
        field="serial"
        label={label('serial')}
        isRequired
        dir="auto"
        value={form.serial}
        onChange={(serial) => onChange({ serial })}
      />
      <SecretField form={form} isNew={isNew} onChange={onChange} />
      <FormField size="small" field="kind" label={label('kind')}>
        <Select size="small" value={form.kind} onChange={(_event, data) => onChange({ kind: data.value as TokenKind })}>
          {tokenKinds.map((kind) => (
            <option key={kind} value={kind}>
              {text.kinds[kind]}
            </option>
          ))}
        </Select>
      </FormField>
      <FormField size="small" field="algorithm" label={label('algorithm')}>
        <Select size="small" value={form.algorithm} onChange={(_event, data) => onChange({ algorithm: data.value as TokenAlgorithm })}>
          {tokenAlgorithms.map((algorithm) => (
            <option key={algorithm} value={algorithm}>
              {algorithm}
            </option>
          ))}
        </Select>
      </FormField>
      <FormField size="small" field="digits" label={label('digits')}>
        <Select size="small" value={String(form.digits)} onChange={(_event, data) => onChange({ digits: Number(data.value) })}>
          {[6, 7, 8].map((digits) => (
            <option key={digits} value={digits}>
              {digits}
            </option>
          ))}
        </Select>
      </FormField>
      {form.kind === 'totp' && (
        <TextField
          size="small"
          field="interval"
          label={label('interval')}
          hint={text.intervalHint}
          isNumber
          value={form.interval}
          onChange={(interval) => onChange({ interval })}
        />
      )}
      {needsCounter(form, isNew) && (
        <TextField
          size="small"
          field="counter"
          label={label('counter')}
          hint={text.counterHint}
          isNumber
          value={form.counter}
          onChange={(counter) => onChange({ counter })}
        />
      )}
      <FormField size="small" field="startsOn" label={label('startsOn')} hint={text.dateHint}>
        <Input
          size="small"
          type="date"
          className={styles.date}
          value={form.startsOn}
          max="9999-12-31"
          onChange={(_event, data) => onChange({ startsOn: data.value })}
        />
      </FormField>
      <FormField size="small" field="expiresOn" label={label('expiresOn')} hint={text.expiryHint}>
        <Input
          size="small"
          type="date"
          className={styles.date}
          value={form.expiresOn}
          max="9999-12-31"
          onChange={(_event, data) => onChange({ expiresOn: data.value })}
        />
      </FormField>
      <TextField
        size="small"
        field="manufacturer"
        label={label('manufacturer')}
        dir="auto"
        value={form.manufacturer}
        onChange={(manufacturer) => onChange({ manufacturer })}
      />
      <TextField
        size="small"
        field="model"
        label={label('model')}
        dir="auto"
        value={form.model}
        onChange={(model) => onChange({ model })}
      />
    </>
  );
}

/** The secret key as it is typed, hidden unless somebody wants to compare it, and how it is written. */
function SecretField({ form, isNew, onChange }: TokenFieldsProps) {
  const styles = useStyles();
  const [isShown, setShown] = useState(false);
  const shows = isShown ? text.hideSecret : text.showSecret;
  return (
    <>
      <FormField size="small" field="secret" label={label('secret')} isRequired={isNew} hint={isNew ? text.secretHint : text.replaceHint}>
        <Input
          size="small"
          type={isShown ? 'text' : 'password'}
          autoComplete="off"
          spellCheck={false}
          className={styles.secret}
          value={form.secret}
          onChange={(_event, data) => onChange({ secret: data.value })}
          contentAfter={
            <ToggleButton
              size="small"
              appearance="transparent"
              icon={isShown ? <EyeOffRegular /> : <EyeRegular />}
              aria-label={shows}
              title={shows}
              checked={isShown}
              onClick={() => setShown(!isShown)}
            />
          }
        />
      </FormField>
      <Field size="small" label={text.encoding} orientation="horizontal" className={styles.encoding}>
        <Select size="small" value={form.encoding} onChange={(_event, data) => onChange({ encoding: data.value as SecretEncoding })}>
          {secretEncodings.map((encoding) => (
            <option key={encoding} value={encoding}>
              {text.encodings[encoding]}
            </option>
          ))}
        </Select>
      </Field>
    </>
  );
}

const useStyles = makeStyles({
  date: { maxWidth: '200px' },
  secret: { fontFamily: tokens.fontFamilyMonospace, minWidth: '0' },
  encoding: { gridTemplateColumns: '176px minmax(0, 1fr)' },
});
