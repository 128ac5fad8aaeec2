import { Field, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import { useCallback, useMemo, type ReactNode } from 'react';
import { useStore, type StoreApi } from 'zustand';
import { useClient } from '../../app/client.tsx';
import { editTokenText as text } from '../../i18n/en/tokenDialogs.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { FindCombobox } from '../../ui/FindCombobox.tsx';
import { ValidationProvider } from '../../ui/FormField.tsx';
import { SubmitForm } from '../../ui/SubmitForm.tsx';
import { findUsers } from '../../ui/findUsers.ts';
import { refusedField, shownProblems, type TokenEditorStore } from './tokenEditor.store.ts';
import { countsAnew, type TokenField } from './tokenForm.ts';
import { TokenFields } from './TokenFields.tsx';

interface TokenBodyProps {
  readonly store: StoreApi<TokenEditorStore>;
  readonly formId: string;
  /** While a token is added for a certain user, there is nothing to choose. */
  readonly hasUser?: boolean;
  /** Above the fields. */
  readonly children?: ReactNode;
  onSubmit(): void;
}

/** The form of both dialogs; draws nothing before the token was read. */
export function TokenBody({ store, formId, hasUser = false, children, onSubmit }: TokenBodyProps) {
  const styles = useStyles();
  const client = useClient();
  const state = useStore(store, (s) => s.state);
  const left = useStore(store, (s) => s.left);
  const saveError = useStore(store, (s) => s.saveError);
  const { change, leave } = store.getState();
  const find = useCallback((typed: string, signal: AbortSignal) => findUsers(client, typed, signal), [client]);
  const form = 'form' in state ? state.form : null;
  const isNew = 'form' in state && state.token === null;
  const validation = useMemo(
    () => ({
      problems: form ? shownProblems(form, isNew, { left, saveError }) : new Map<TokenField, string>(),
      leave: (field: string) => leave(field as TokenField),
    }),
    [form, isNew, left, saveError, leave],
  );
  if (!('form' in state)) return null;

  return (
    <ValidationProvider value={validation}>
      <SubmitForm id={formId} className={styles.form} onSubmit={onSubmit}>
        {children}
        <TokenFields form={state.form} isNew={isNew} onChange={change} />
        {isNew && hasUser && (
          <Field size="small" label={text.user} hint={text.userHint} orientation="horizontal" className={styles.field}>
            <FindCombobox
              size="small"
              placeholder={text.nobody}
              value={state.form.user}
              onChange={(user) => change({ user })}
              find={find}
            />
          </Field>
        )}
        {!isNew && countsAnew(state.form, state.before) && (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>{text.anew}</MessageBarBody>
          </MessageBar>
        )}
        {saveError && refusedField(saveError) === null && (
          <ErrorNotice error={saveError} context={isNew ? text.addFailed : text.saveFailed} />
        )}
      </SubmitForm>
    </ValidationProvider>
  );
}

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  field: { gridTemplateColumns: '176px minmax(0, 1fr)' },
});
