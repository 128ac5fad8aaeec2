import { makeStyles, tokens } from '@fluentui/react-components';
import { useState, type ReactNode } from 'react';
import { editUserText as text, missingText, yesNoText } from '../../i18n/en/editUser.ts';
import { instantText, relativeText } from '../../ui/instants.ts';
import { Mono } from '../../ui/Mono.tsx';
import { useEditor } from './editor.ts';

/** Where the user comes from and when he was changed, as it is stored; to read. */
export function InfoTab() {
  const styles = useStyles();
  const { user } = useEditor();
  if (!user) return null;
  const { origin } = user;
  return (
    <dl className={styles.facts}>
      <Fact name={text.complete}>{user.complete ? yesNoText(true) : missingText(user.missing)}</Fact>
      {user.enabledSince && (
        <Fact name={user.enabled ? text.enabledSince : text.disabledSince}>
          <Moment at={user.enabledSince.at} /> {text.changedBy(user.enabledSince)}
        </Fact>
      )}
      <Fact name={text.originKind}>{text.originKinds[origin.kind]}</Fact>
      {origin.kind === 'import' && (
        <>
          <Fact name={text.dn}>{origin.dn && <Mono text={origin.dn} maxLength={400} label={text.dn} />}</Fact>
          <Fact name={text.directoryId}>{origin.directoryId && <Mono text={origin.directoryId} label={text.directoryId} />}</Fact>
          <Fact name={text.sid}>{origin.sid && <Mono text={origin.sid} label={text.sid} />}</Fact>
          <Fact name={text.accountState}>{origin.accountDisabled ? text.accountDisabled : text.accountEnabled}</Fact>
          <Fact name={text.importedAt}>{origin.importedAt !== null && <Moment at={origin.importedAt} />}</Fact>
          <Fact name={text.importJob}>{origin.jobId && <Mono text={origin.jobId} label={text.importJob} />}</Fact>
        </>
      )}
      <Fact name={text.createdAt}>
        <Moment at={user.createdAt} />
      </Fact>
      <Fact name={text.updatedAt}>
        <Moment at={user.updatedAt} />
      </Fact>
      <Fact name={text.pinSetAt}>{user.pin.setAt !== null && <Moment at={user.pin.setAt} />}</Fact>
      <Fact name={text.revision}>{user.revision}</Fact>
    </dl>
  );
}

function Moment({ at }: { readonly at: number }) {
  const [now] = useState(Date.now);
  return (
    <time dateTime={new Date(at).toISOString()} title={relativeText(at, now)}>
      {instantText(at)}
    </time>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd dir="auto">{children || text.none}</dd>
    </>
  );
}

const useStyles = makeStyles({
  facts: {
    display: 'grid',
    gridTemplateColumns: '176px minmax(0, 1fr)',
    alignItems: 'baseline',
    rowGap: tokens.spacingVerticalS,
    margin: '0',
    '& dt': { color: tokens.colorNeutralForeground2 },
    '& dd': { margin: '0', minWidth: '0', overflowWrap: 'anywhere', unicodeBidi: 'isolate', textAlign: 'left' },
  },
});
