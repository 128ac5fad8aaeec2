import { Button, MessageBar, MessageBarActions, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useClient } from '../../app/client.tsx';
import { authorityText as text } from '../../i18n/en/activation.ts';
import { AppDialog, DialogCloseButton } from '../../ui/AppDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { FactList } from '../../ui/FactList.tsx';
import { Mono } from '../../ui/Mono.tsx';
import { useOutcomeFocus } from '../../ui/useOutcomeFocus.ts';
import { createAuthorityStore, type AuthorityDialogStore } from './authority.store.ts';
import { CompanyName } from './CompanyName.tsx';
import { FileRequest } from './FileRequest.tsx';
import { createFileRequestStore } from './fileRequest.store.ts';
import { ServerTable } from './ServerTable.tsx';

const contexts = {
  load: text.loadFailed,
  generate: text.generateFailed,
  page: text.pageFailed,
  company: text.companyFailed,
  revoke: text.revokeFailed,
};

/** The built-in authority: credentials for other servers, and those that were activated. */
export function AuthorityDialog({ onClose }: { onClose(): void }) {
  const styles = useStyles();
  const client = useClient();
  const [store] = useState(() => createAuthorityStore(client));
  const [files] = useState(() => createFileRequestStore(client, () => void store.getState().load()));
  const all = useStore(store);
  const { urls, company, servers, credentials, page, asked, revoked, failure, load, generate, openPage, ask, revoke } = all;
  useEffect(() => void load(), [load]);
  const outcome = useOutcomeFocus(revoked !== null, revoked ?? '');

  return (
    <AppDialog
      title={text.title}
      sizeKey="authority"
      initialSize={{ width: 900, height: 640 }}
      onClose={onClose}
      actions={
        <>
          <Button appearance="primary" onClick={() => void generate()}>
            {text.generate}
          </Button>
          <Button onClick={() => void openPage()}>{text.page}</Button>
          <DialogCloseButton>{text.close}</DialogCloseButton>
        </>
      }
    >
      <div className={styles.root}>
        <span>{text.intro}</span>
        {failure && <ErrorNotice error={failure.error} context={contexts[failure.of]} />}
        {company !== '' && <CompanyName name={company} onSave={all.setCompany} />}
        {urls[0] !== undefined && (
          <FactList>
            <dt>{text.address}</dt>
            <dd>
              <Mono text={urls[0]} label={text.address} maxLength={72} />
            </dd>
          </FactList>
        )}
        <div role="status">
          {credentials && <Credentials {...credentials} />}
          {page && <PageLink {...page} />}
        </div>
        {asked && (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>{text.revokeQuestion(asked.name)}</MessageBarBody>
            <MessageBarActions>
              <Button onClick={() => void revoke()}>{text.revoke}</Button>
              <Button onClick={() => ask(null)}>{text.keep}</Button>
            </MessageBarActions>
          </MessageBar>
        )}
        <div ref={outcome} role="status" tabIndex={-1}>
          {revoked !== null && (
            <MessageBar intent="success">
              <MessageBarBody>{text.revoked(revoked)}</MessageBarBody>
            </MessageBar>
          )}
        </div>
        {servers?.length === 0 && <span>{text.none}</span>}
        {servers && servers.length > 0 && <ServerTable servers={servers} onRevoke={ask} />}
        <FileRequest store={files} />
      </div>
    </AppDialog>
  );
}

function Credentials({ email, password, expiresAt }: NonNullable<AuthorityDialogStore['credentials']>) {
  return (
    <MessageBar intent="success" layout="multiline">
      <MessageBarBody>
        <FactList>
          <dt>{text.email}</dt>
          <dd>
            <Mono text={email} label={text.email} />
          </dd>
          <dt>{text.password}</dt>
          <dd>
            <Mono text={password} label={text.password} />
          </dd>
        </FactList>
        {text.until(expiresAt)}
      </MessageBarBody>
    </MessageBar>
  );
}

function PageLink({ code, urls, expiresAt }: NonNullable<AuthorityDialogStore['page']>) {
  return (
    <MessageBar intent="success" layout="multiline">
      <MessageBarBody>
        <FactList>
          {urls[0] !== undefined && (
            <>
              <dt>{text.pageLink}</dt>
              <dd>
                <Mono text={urls[0]} label={text.pageLink} maxLength={80} />
              </dd>
            </>
          )}
          <dt>{text.pageCode}</dt>
          <dd>
            <Mono text={code} label={text.pageCode} />
          </dd>
        </FactList>
        {text.pageUntil(expiresAt)}
      </MessageBarBody>
    </MessageBar>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM, minWidth: '0' },
});
