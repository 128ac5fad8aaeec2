import { Button, Field, MessageBar, MessageBarBody, Select, Spinner, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import type { Tag } from '../../../shared/contract/tags.contract.ts';
import { useClient } from '../../app/client.tsx';
import { tagQuestionText as text, tagsText } from '../../i18n/en/tags.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { AppDialog } from '../../ui/AppDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useOutcomeFocus } from '../../ui/useOutcomeFocus.ts';
import { useTagCommand } from './useTagCommand.ts';

/** Puts another tag in the place of this one, for everybody. */
export function MergeTagDialog({ tag, onClose }: { readonly tag: Tag; onClose(): void }) {
  const styles = useStyles();
  const client = useClient();
  const [others, setOthers] = useState<readonly Tag[] | null>(null);
  const [readError, setReadError] = useState<unknown>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const { state, run } = useTagCommand();
  const outcome = useOutcomeFocus(state.phase === 'done');

  useEffect(() => {
    client.tags.list(null).then(({ tags }) => setOthers(tags.filter(({ id }) => id !== tag.id)), setReadError);
  }, [client, tag.id]);

  const into = others?.find(({ id }) => id === chosen) ?? others?.[0];
  const isDone = state.phase === 'done';
  return (
    <AppDialog
      title={text.mergeTitle}
      sizeKey="mergeTag"
      initialSize={{ width: 520, height: 300 }}
      onClose={onClose}
      actions={
        <>
          {!isDone && (
            <CommandButton
              calls="tags.merge"
              appearance="primary"
              disabledFocusable={!into || state.phase === 'working'}
              onClick={() => into && void run(() => client.tags.merge({ tags: [tag.id], into: into.id }))}
            >
              {state.phase === 'working' ? text.merging : text.merge}
            </CommandButton>
          )}
          <Button onClick={onClose}>{isDone ? text.close : text.cancel}</Button>
        </>
      }
    >
      <div ref={outcome} role="status" tabIndex={-1}>
        {isDone && (
          <MessageBar intent="success" layout="multiline">
            <MessageBarBody>{text.merged(tag.name, into?.name ?? '', state.users)}</MessageBarBody>
          </MessageBar>
        )}
      </div>
      {!isDone && (
        <div className={styles.question}>
          <span dir="auto">{text.mergeQuestion(tag.name)}</span>
          {readError !== null && <ErrorNotice error={readError} context={tagsText.listFailed} />}
          {!others && readError === null && <Spinner size="tiny" />}
          {others?.length === 0 && <span>{text.onlyTag}</span>}
          {others && into && (
            <Field label={text.into} orientation="horizontal" className={styles.field}>
              <Select value={String(into.id)} onChange={(_event, data) => setChosen(Number(data.value))}>
                {others.map(({ id, name, users }) => (
                  <option key={id} value={id}>
                    {text.option(name, users)}
                  </option>
                ))}
              </Select>
            </Field>
          )}
          {'error' in state && <ErrorNotice error={state.error} context={text.mergeFailed} />}
        </div>
      )}
    </AppDialog>
  );
}

const useStyles = makeStyles({
  question: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM, overflowWrap: 'anywhere' },
  field: { gridTemplateColumns: '120px minmax(0, 1fr)' },
});
