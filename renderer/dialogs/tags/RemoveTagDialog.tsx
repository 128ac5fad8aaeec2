import { Button, MessageBar, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components';
import type { Tag } from '../../../shared/contract/tags.contract.ts';
import { useClient } from '../../app/client.tsx';
import { tagQuestionText as text } from '../../i18n/en/tags.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { AppDialog } from '../../ui/AppDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { focusFirstAttribute } from '../../ui/useFocusReturn.ts';
import { useTagCommand } from './useTagCommand.ts';

/** Asks before a tag is taken from everybody. */
export function RemoveTagDialog({ tag, onClose }: { readonly tag: Tag; onClose(): void }) {
  const styles = useStyles();
  const client = useClient();
  const { state, outcome, run } = useTagCommand();

  return (
    <AppDialog
      title={text.removeTitle}
      sizeKey="removeTag"
      initialSize={{ width: 480, height: 280 }}
      onClose={onClose}
      actions={
        <>
          {state.phase !== 'done' && (
            <CommandButton
              calls="tags.remove"
              disabledFocusable={state.phase === 'working'}
              onClick={() => void run(() => client.tags.remove({ id: tag.id }))}
            >
              {state.phase === 'working' ? text.removing : text.remove}
            </CommandButton>
          )}
          {/* First in the order of the keyboard, so that Enter removes nothing by accident. */}
          <Button appearance="primary" onClick={onClose} {...{ [focusFirstAttribute]: '' }}>
            {state.phase === 'done' ? text.close : text.cancel}
          </Button>
        </>
      }
    >
      <div ref={outcome} role="status" tabIndex={-1}>
        {state.phase === 'done' && (
          <MessageBar intent="success" layout="multiline">
            <MessageBarBody>{text.removed(tag.name, state.users)}</MessageBarBody>
          </MessageBar>
        )}
      </div>
      {state.phase !== 'done' && (
        <div className={styles.question}>
          <strong dir="auto">{text.removeQuestion(tag.name)}</strong>
          <span>{text.removeUsers(tag.users)}</span>
          <span>{text.removeFilters}</span>
          {'error' in state && <ErrorNotice error={state.error} context={text.removeFailed} />}
        </div>
      )}
    </AppDialog>
  );
}

const useStyles = makeStyles({
  question: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM, overflowWrap: 'anywhere' },
});
