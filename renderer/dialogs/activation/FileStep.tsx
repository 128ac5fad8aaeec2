import { Button, Field, Input, MessageBar, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components';
import { activationText as text } from '../../i18n/en/activation.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { saveFile } from '../../ui/saveFile.ts';
import type { ActivationDialogStore } from './activation.store.ts';

/** A server that reaches no authority: a file goes there, and a file comes back. */
export function FileStep({ store }: { readonly store: ActivationDialogStore }) {
  const styles = useStyles();
  const { form, work, failure, wasRequested, type, request, accept } = store;

  async function save(): Promise<void> {
    const file = await request();
    if (file !== null) saveFile(text.requestName, 'application/json', [file]);
  }

  return (
    <>
      <Field label={text.address} orientation="horizontal" className={styles.field} hint={text.fileAddressHint}>
        <Input
          value={form.address}
          placeholder="https://mfa1.corp.example:8463#sha256=…"
          spellCheck={false}
          autoComplete="off"
          onChange={(_event, data) => type({ address: data.value })}
        />
      </Field>
      {failure?.work === 'requesting' && <ErrorNotice error={failure.error} context={text.requestFailed} />}
      <div className={styles.indented}>
        <Button disabledFocusable={work !== null || form.address.trim() === ''} onClick={() => void save()}>
          {text.saveRequest}
        </Button>
      </div>
      <div role="status">
        {wasRequested && (
          <MessageBar intent="success" layout="multiline">
            <MessageBarBody>{text.requested}</MessageBarBody>
          </MessageBar>
        )}
      </div>
      {failure?.work === 'accepting' && <ErrorNotice error={failure.error} context={text.activateFailed} />}
      <Field label={text.answerFile} orientation="horizontal" className={styles.field} hint={text.answerHint}>
        {(labelled) => (
          <input
            {...labelled}
            type="file"
            disabled={work !== null}
            onChange={(event) => {
              const [chosen] = event.currentTarget.files ?? [];
              // The same file again is another attempt.
              event.currentTarget.value = '';
              if (chosen) void accept(chosen);
            }}
          />
        )}
      </Field>
    </>
  );
}

const useStyles = makeStyles({
  field: { gridTemplateColumns: '144px minmax(0, 1fr)' },
  indented: { paddingLeft: '144px', paddingBottom: tokens.spacingVerticalXS },
});
