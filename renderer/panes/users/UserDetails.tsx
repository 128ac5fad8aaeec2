import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { isAppError } from '../../../shared/contract/errors.ts';
import type { UserDetail } from '../../../shared/contract/users.contract.ts';
import { useClient } from '../../app/client.tsx';
import { methodText, usersText } from '../../i18n/en/users.ts';
import { AppDialog } from '../../ui/AppDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { instantText, relativeText } from '../../ui/instants.ts';
import { Mono } from '../../ui/Mono.tsx';
import { focusFirstAttribute } from '../../ui/useFocusReturn.ts';
import { selectOnly } from '../../ui/table/selection.ts';
import { Marked, isolatedName, nameText, phoneText } from './userColumns.tsx';
import type { UsersStore } from './users.store.ts';

interface UserDetailsProps {
  readonly store: StoreApi<UsersStore>;
  format(phone: string): string;
  onClose(): void;
}

/** Everything that is known about one user, to read; Previous and Next walk along the list. */
export function UserDetails({ store, format, onClose }: UserDetailsProps) {
  const index = useStore(store, (s) => s.selection.active);
  const count = useStore(store, (s) => s.count);
  const row = useStore(store, (s) => s.row(s.selection.active));
  const { user, error } = useUser(row?.id);
  const go = (to: number) => store.getState().select(selectOnly(to));

  return (
    <AppDialog
      title={usersText.detailsTitle(row?.username ?? '')}
      sizeKey="user"
      initialSize={{ width: 640, height: 720 }}
      onClose={onClose}
      actions={
        <>
          <Button disabled={index <= 0} onClick={() => go(index - 1)}>
            {usersText.previous}
          </Button>
          <Button disabled={index >= count - 1} onClick={() => go(index + 1)}>
            {usersText.next}
          </Button>
          <Button appearance="primary" onClick={onClose} {...{ [focusFirstAttribute]: '' }}>
            {usersText.close}
          </Button>
        </>
      }
    >
      {error !== null && <ErrorNotice error={error} context={usersText.detailsFailed} />}
      {user && <Facts user={user} format={format} />}
    </AppDialog>
  );
}

/** Keeps the previous user on screen until the next one is there. */
function useUser(id: number | undefined): { readonly user: UserDetail | null; readonly error: unknown } {
  const client = useClient();
  const [state, setState] = useState<{ user: UserDetail | null; error: unknown }>({ user: null, error: null });

  useEffect(() => {
    if (id === undefined) return;
    const controller = new AbortController();
    client.users.get({ id }, { signal: controller.signal }).then(
      (user) => setState({ user, error: null }),
      (error: unknown) => {
        if (!isAppError(error, 'cancelled')) setState({ user: null, error });
      },
    );
    return () => controller.abort();
  }, [client, id]);
  return state;
}

function Facts({ user, format }: { readonly user: UserDetail; format(phone: string): string }) {
  const { origin } = user;
  const { columns, groups } = usersText;
  return (
    <>
      <Group title={groups.general}>
        <Fact name={columns.username}>{user.username}</Fact>
        <Fact name={columns.name}>{isolatedName(user) ?? nameText(user)}</Fact>
        <Fact name={columns.email}>{user.email}</Fact>
        <Fact name={columns.userGroup}>{user.userGroup}</Fact>
        <Fact name={usersText.description}>{user.description}</Fact>
      </Group>
      <Group title={groups.authentication}>
        <Fact name={columns.enabled}>{user.enabled ? usersText.yes : usersText.no}</Fact>
        <Fact name={columns.method}>{methodText(user.method, user.mode)}</Fact>
        <Fact name={columns.phone}>
          <Phone phone={user.phone} extension={user.extension} isValid={user.phoneValid} format={format} />
        </Fact>
        <Fact name={columns.backupPhone}>
          <Phone phone={user.backupPhone} extension={user.backupExtension} isValid={user.backupPhoneValid} format={format} />
        </Fact>
        <Fact name={usersText.missing}>
          {user.missing.length === 0 ? (
            usersText.nothingMissing
          ) : (
            <Marked text={user.missing.map((item) => usersText.missingNames[item]).join(', ')} why={usersText.incomplete} />
          )}
        </Fact>
        <Fact name={usersText.mustChangePin}>{user.mustChangePin ? usersText.yes : usersText.no}</Fact>
      </Group>
      <Group title={groups.languages}>
        {(['call', 'text', 'app', 'oath'] as const).map((use) => (
          <Fact key={use} name={usersText.languageNames[use]}>
            {user.languages[use] || usersText.defaultLanguage}
          </Fact>
        ))}
      </Group>
      <Group title={groups.origin}>
        <Fact name={usersText.originKind}>{usersText.originKinds[origin.kind]}</Fact>
        {origin.kind === 'import' && (
          <>
            <Fact name={usersText.dn}>{origin.dn && <Mono text={origin.dn} maxLength={400} label={usersText.dn} />}</Fact>
            <Fact name={usersText.directoryId}>
              {origin.directoryId && <Mono text={origin.directoryId} label={usersText.directoryId} />}
            </Fact>
            <Fact name={usersText.accountState}>{origin.accountDisabled ? usersText.accountDisabled : usersText.accountEnabled}</Fact>
            <Fact name={usersText.importedAt}>{origin.importedAt !== null && <Moment at={origin.importedAt} />}</Fact>
          </>
        )}
      </Group>
      <Group title={groups.history}>
        <Fact name={columns.createdAt}>
          <Moment at={user.createdAt} />
        </Fact>
        <Fact name={columns.updatedAt}>
          <Moment at={user.updatedAt} />
        </Fact>
      </Group>
    </>
  );
}

function Phone({
  phone,
  extension,
  isValid,
  format,
}: {
  readonly phone: string;
  readonly extension: string;
  readonly isValid: boolean;
  format(phone: string): string;
}) {
  if (phone && !isValid) return <Marked text={phoneText(phone, extension, (text) => text)} why={usersText.invalidPhone} />;
  return phoneText(phone, extension, format) || usersText.none;
}

function Moment({ at }: { readonly at: number }) {
  const [now] = useState(Date.now);
  return (
    <time dateTime={new Date(at).toISOString()} title={relativeText(at, now)}>
      {instantText(at)}
    </time>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const styles = useStyles();
  return (
    <section>
      <h3 className={styles.title}>{title}</h3>
      <dl className={styles.facts}>{children}</dl>
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd dir="auto">{children || usersText.none}</dd>
    </>
  );
}

const useStyles = makeStyles({
  title: {
    marginTop: tokens.spacingVerticalM,
    marginBottom: tokens.spacingVerticalXS,
    fontSize: tokens.fontSizeBase300,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorBrandForeground1,
  },
  facts: {
    display: 'grid',
    gridTemplateColumns: '176px minmax(0, 1fr)',
    alignItems: 'baseline',
    columnGap: tokens.spacingHorizontalL,
    rowGap: tokens.spacingVerticalXS,
    margin: '0',
    '& dt': { color: tokens.colorNeutralForeground3 },
    '& dd': { margin: '0', minWidth: '0', overflowWrap: 'anywhere', unicodeBidi: 'isolate', textAlign: 'left' },
  },
});
