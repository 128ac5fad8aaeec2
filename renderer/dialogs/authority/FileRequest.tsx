import { Button, Field, MessageBar, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { authorityText as text } from '../../i18n/en/activation.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { GroupField } from '../../ui/GroupField.tsx';
import { saveFile } from '../../ui/saveFile.ts';
import { Section } from '../../ui/Section.tsx';
import type { FileRequestStore } from './fileRequest.store.ts';

/** Activates a server that has no connection: by a file from there, and a file back. */
export function FileRequest({ store }: { readonly store: StoreApi<FileRequestStore> }) {
  const styles = useStyles();
  const { request, groups, groupId, groupName, isSigning, signed, failure, choose, type, sign } = useStore(store);
  const isReady = !isSigning && (groupId !== '' || groupName.trim() !== '');

  async function save(): Promise<void> {
    const answer = await sign();
    if (answer) saveFile(text.answerName(answer.serverName), 'application/json', [answer.file]);
  }

  return (
    <Section title={text.fileTitle}>
      <div className={styles.root}>
        <span>{text.fileIntro}</span>
        <Field label={text.requestFile} orientation="horizontal" className={styles.field}>
          {(labelled) => (
            <input
              {...labelled}
              type="file"
              onChange={(event) => {
                const [chosen] = event.currentTarget.files ?? [];
                if (chosen) void choose(chosen);
              }}
            />
          )}
        </Field>
        {failure && <ErrorNotice error={failure} context={text.fileFailed} />}
        {request && (
          <>
            <span>{text.requestOf(request.serverName)}</span>
            <GroupField groups={groups} groupId={groupId} groupName={groupName} className={styles.field} onChange={type} />
            <div className={styles.indented}>
              <Button disabledFocusable={!isReady} onClick={() => isReady && void save()}>
                {text.saveAnswer}
              </Button>
            </div>
          </>
        )}
        <div role="status">
          {signed !== null && (
            <MessageBar intent="success" layout="multiline">
              <MessageBarBody>{text.signed(signed)}</MessageBarBody>
            </MessageBar>
          )}
        </div>
      </div>
    </Section>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  field: { gridTemplateColumns: '144px minmax(0, 1fr)' },
  indented: { paddingLeft: '144px' },
});
