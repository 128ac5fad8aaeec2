import { Field, Tag, TagGroup, makeStyles, tokens } from '@fluentui/react-components';
import { useCallback } from 'react';
import { useStore, type StoreApi } from 'zustand';
import { useClient } from '../../app/client.tsx';
import { sendEmailText as text } from '../../i18n/en/sendEmail.ts';
import { FindCombobox } from '../../ui/FindCombobox.tsx';
import { findUsers } from '../../ui/findUsers.ts';
import type { SendEmailsStore } from './sendEmails.store.ts';

/** Users, one after the other. */
export function PickedUsers({ store }: { readonly store: StoreApi<SendEmailsStore> }) {
  const styles = useStyles();
  const client = useClient();
  const picked = useStore(store, (s) => s.picked);
  const { pick, unpick } = store.getState();
  const find = useCallback((typed: string, signal: AbortSignal) => findUsers(client, typed, signal), [client]);
  return (
    <div className={styles.root}>
      <Field label={text.addUser}>
        <FindCombobox value={null} onChange={(user) => user && pick(user)} find={find} freeform placeholder={text.addUserHint} />
      </Field>
      {picked.length > 0 && (
        <TagGroup aria-label={text.picked} className={styles.tags} onDismiss={(_event, data) => unpick(Number(data.value))}>
          {picked.map(({ id, label }) => (
            <Tag key={id} value={String(id)} size="small" dismissible dismissIcon={{ 'aria-label': text.unpick(label) }}>
              <bdi>{label}</bdi>
            </Tag>
          ))}
        </TagGroup>
      )}
    </div>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXS },
  tags: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS, maxHeight: '96px', overflowY: 'auto' },
});
