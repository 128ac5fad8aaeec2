import { Button, MessageBar, MessageBarActions, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { AppError } from '../../../shared/contract/errors.ts';
import { activationText as text, authorityAdvice, roleText } from '../../i18n/en/activation.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { FactList } from '../../ui/FactList.tsx';
import { instantText } from '../../ui/instants.ts';
import { Mono } from '../../ui/Mono.tsx';
import type { ActivationDialogStore } from './activation.store.ts';

/** What the activation is, and how it ends. */
export function JoinedView({ store }: { readonly store: ActivationDialogStore }) {
  const styles = useStyles();
  const { state, work, failure, check, setAgain, deactivate } = store;
  const isBusy = work === 'checking' || work === 'deactivating';
  const [isAsking, setAsking] = useState(false);
  const { activation, group, contact } = state!;

  return (
    <div className={styles.root}>
      <span>{text.joined(group?.name ?? '')}</span>
      {failure?.work === 'deactivating' && (
        <ErrorNotice
          error={failure.error}
          context={text.deactivateFailed}
          advice={authorityAdvice}
          actions={
            <Button size="small" onClick={() => void deactivate(true)}>
              {text.deactivateAway}
            </Button>
          }
        />
      )}
      {contact.failure && <ErrorNotice error={new AppError(contact.failure.code, contact.failure.message)} advice={authorityAdvice} />}
      <FactList>
        <dt>{text.company}</dt>
        <dd dir="auto">{activation?.company}</dd>
        <dt>{text.role}</dt>
        <dd>{group && roleText[group.role]}</dd>
        <dt>{text.serverId}</dt>
        <dd>
          <Mono text={activation?.serverId ?? ''} label={text.serverId} />
        </dd>
        <dt>{text.authority}</dt>
        <dd>
          <Mono text={activation?.authorityUrl ?? ''} label={text.authority} maxLength={48} />
        </dd>
        <dt>{text.expires}</dt>
        <dd>{activation && instantText(activation.certificateExpiresAt)}</dd>
        <dt>{text.contact}</dt>
        <dd>{contact.at === null ? text.neverAsked : instantText(contact.at)}</dd>
      </FactList>
      {isAsking && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{text.deactivateQuestion}</MessageBarBody>
          <MessageBarActions>
            <Button disabledFocusable={isBusy} onClick={() => void deactivate(false)}>
              {text.deactivateNow}
            </Button>
            <Button onClick={() => setAsking(false)}>{text.keep}</Button>
          </MessageBarActions>
        </MessageBar>
      )}
      <div className={styles.commands}>
        <Button disabledFocusable={isBusy} onClick={() => void check()}>
          {text.check}
        </Button>
        <Button disabledFocusable={isBusy} title={text.againHint} onClick={() => setAgain(true)}>
          {text.again}
        </Button>
        <Button disabledFocusable={isBusy} onClick={() => setAsking(true)}>
          {text.deactivate}
        </Button>
      </div>
    </div>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  commands: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});
