import { Field, MessageBar, MessageBarBody, MessageBarTitle, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useId, useRef, useState } from 'react';
import { useStore, type StoreApi } from 'zustand';
import { isAppError } from '../../../shared/contract/errors.ts';
import type { TokenRow } from '../../../shared/contract/tokens.contract.ts';
import { useClient } from '../../app/client.tsx';
import { errorText } from '../../i18n/errorText.ts';
import { resyncTokenText as text } from '../../i18n/en/tokenDialogs.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { AppDialog, DialogCloseButton } from '../../ui/AppDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { problemProps } from '../../ui/FormField.tsx';
import { SubmitForm } from '../../ui/SubmitForm.tsx';
import { useOutcomeFocus } from '../../ui/useOutcomeFocus.ts';
import { CodeInput } from './CodeInput.tsx';
import { createResyncTokenStore, type ResyncTokenStore } from './resyncToken.store.ts';

/** Finds out by one or two codes how far a token has drifted. */
export function ResyncTokenDialog({ id, onClose }: { readonly id: number; onClose(): void }) {
  const styles = useStyles();
  const formId = useId();
  const client = useClient();
  const [store] = useState(() => createResyncTokenStore(client, id));
  const { state, code, nextCode } = useStore(store);
  const { load, resync } = store.getState();
  useEffect(() => void load(), [load]);

  const token = 'token' in state ? state.token : null;
  const isFound = state.phase === 'found';
  const mayResync = state.phase === 'ready' && isComplete(state.token, code, nextCode);
  const firstCode = useRef<HTMLDivElement>(null);
  const failed = state.phase === 'ready' ? state.error : null;
  const outcome = useOutcomeFocus(isFound);
  const isRead = token !== null;
  // The fields come after the dialog. The next try begins where the first did.
  useEffect(() => firstCode.current?.querySelector('input')?.focus(), [isRead, failed]);

  return (
    <AppDialog
      title={token ? text.title(token.serial) : text.titleLoading}
      sizeKey="resyncToken"
      initialSize={{ width: 520, height: 440 }}
      isDirty={!isFound && (code !== '' || nextCode !== '')}
      onClose={onClose}
      actions={
        <>
          {!isFound && (
            <CommandButton calls="tokens.resync" appearance="primary" type="submit" form={formId} disabledFocusable={!mayResync}>
              {state.phase === 'searching' ? text.searching : text.resync}
            </CommandButton>
          )}
          <DialogCloseButton>{text.close}</DialogCloseButton>
        </>
      }
    >
      <SubmitForm
        id={formId}
        className={styles.form}
        onSubmit={() => {
          if (mayResync) void resync();
        }}
      >
        {state.phase === 'unreadable' && <ErrorNotice error={state.error} context={text.readFailed} />}
        {token && !isFound && (
          <div ref={firstCode} className={styles.form}>
            <CodeFields store={store} token={token} />
          </div>
        )}
        <div ref={outcome} role="status" tabIndex={-1}>
          {isFound && (
            <MessageBar intent="success" layout="multiline">
              <MessageBarBody>{text.found(state.token.kind, state.token.driftSeconds)}</MessageBarBody>
            </MessageBar>
          )}
          {failed !== null && <NotFound error={failed} />}
        </div>
      </SubmitForm>
    </AppDialog>
  );
}

function CodeFields({ store, token }: { readonly store: StoreApi<ResyncTokenStore>; readonly token: TokenRow }) {
  const styles = useStyles();
  const { code, nextCode } = useStore(store);
  const { type } = store.getState();
  const isHotp = token.kind === 'hotp';
  const isSame = tidy(code) !== '' && tidy(code) === tidy(nextCode);
  return (
    <>
      <span>{text.intro(token.kind)}</span>
      {!isHotp && <span className={styles.quiet}>{text.drift(token.kind, token.driftSeconds)}</span>}
      <Field
        label={text.code}
        orientation="horizontal"
        required
        className={styles.field}
        {...problemProps(isWrongForm(code, token) ? text.codeForm(token.digits) : undefined)}
      >
        <CodeInput value={code} onChange={(value) => type({ code: value })} />
      </Field>
      <Field
        label={text.nextCode}
        orientation="horizontal"
        required={isHotp}
        className={styles.field}
        hint={isHotp ? undefined : text.optional}
        {...problemProps(isWrongForm(nextCode, token) ? text.codeForm(token.digits) : isSame ? text.sameCode : undefined)}
      >
        <CodeInput value={nextCode} onChange={(value) => type({ nextCode: value })} />
      </Field>
    </>
  );
}

/** A code that fits nowhere is an answer, not a failure of the console. */
function NotFound({ error }: { readonly error: unknown }) {
  if (!isAppError(error, 'code-wrong') && !isAppError(error, 'code-already-used'))
    return <ErrorNotice error={error} context={text.failed} />;
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{text.notFound}</MessageBarTitle> {error.message} {errorText[error.code].advice}
      </MessageBarBody>
    </MessageBar>
  );
}

const tidy = (typed: string) => typed.replace(/[\s-]/g, '');

/** Is said only of what cannot become a code by typing on. */
function isWrongForm(typed: string, { digits }: TokenRow): boolean {
  const code = tidy(typed);
  return !/^\d*$/.test(code) || code.length > digits;
}

function isComplete(token: TokenRow, code: string, nextCode: string): boolean {
  const isCode = (typed: string) => new RegExp(`^\\d{${token.digits}}$`).test(tidy(typed));
  if (!isCode(code) || tidy(code) === tidy(nextCode)) return false;
  return isCode(nextCode) || (token.kind === 'totp' && tidy(nextCode) === '');
}

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  field: { gridTemplateColumns: '120px minmax(0, 1fr)' },
  quiet: { color: tokens.colorNeutralForeground2 },
});
