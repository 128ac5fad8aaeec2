import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import type { Tag } from '../../../shared/contract/tags.contract.ts';
import { useClient } from '../../app/client.tsx';
import { tagQuestionText as text } from '../../i18n/en/tags.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { QuestionDialog } from '../../ui/QuestionDialog.tsx';
import { useTagCommand } from './useTagCommand.ts';

/** Asks before a tag is taken from everybody. */
export function RemoveTagDialog({ tag, onClose }: { readonly tag: Tag; onClose(): void }) {
  const client = useClient();
  const { state, run } = useTagCommand();

  return (
    <QuestionDialog
      title={text.removeTitle}
      sizeKey="removeTag"
      initialSize={{ width: 480, height: 280 }}
      onClose={onClose}
      leave={state.phase === 'done' ? text.close : text.cancel}
      isTold={state.phase === 'done'}
      actions={
        state.phase !== 'done' && (
          <CommandButton
            calls="tags.remove"
            disabledFocusable={state.phase === 'working'}
            onClick={() => void run(() => client.tags.remove({ id: tag.id }))}
          >
            {state.phase === 'working' ? text.removing : text.remove}
          </CommandButton>
        )
      }
      outcome={
        state.phase === 'done' && (
          <MessageBar intent="success" layout="multiline">
            <MessageBarBody>{text.removed(tag.name, state.users)}</MessageBarBody>
          </MessageBar>
        )
      }
    >
      {state.phase !== 'done' && (
        <>
          <strong dir="auto">{text.removeQuestion(tag.name)}</strong>
          <span>{text.removeUsers(tag.users)}</span>
          <span>{text.removeFilters}</span>
          {'error' in state && <ErrorNotice error={state.error} context={text.removeFailed} />}
        </>
      )}
    </QuestionDialog>
  );
}
