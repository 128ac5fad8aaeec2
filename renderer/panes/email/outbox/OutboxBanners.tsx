import { MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { errorText } from '../../../i18n/errorText.ts';
import { outboxText as text } from '../../../i18n/en/email.ts';
import { CommandButton } from '../../../ui/CommandButton.tsx';
import { shortInstantText } from '../../../ui/instants.ts';
import { countOf, type OutboxStats } from './outboxStats.store.ts';

interface OutboxBannersProps {
  readonly stats: OutboxStats | null;
  onRelease(): void;
}

/** Why mails do not go out: one sentence, one action. */
export function OutboxBanners({ stats, onRelease }: OutboxBannersProps) {
  if (!stats) return null;
  const { trouble, dayLimit, mode } = stats;
  const held = countOf(stats, 'held');
  return (
    <>
      {trouble && (
        <MessageBar intent="error" layout="multiline" role="status">
          <MessageBarBody>{text.trouble(sentenceOf(trouble.code, trouble.message), shortInstantText(trouble.nextTryAt))}</MessageBarBody>
        </MessageBar>
      )}
      {dayLimit && dayLimit.nextAt !== null && (
        <MessageBar intent="info" layout="multiline" role="status">
          <MessageBarBody>{text.dayLimit(dayLimit, shortInstantText(dayLimit.nextAt))}</MessageBarBody>
        </MessageBar>
      )}
      {(mode === 'hold' || held > 0) && (
        <MessageBar intent="info" role="status">
          <MessageBarBody>{heldText(mode === 'hold', held)}</MessageBarBody>
          {held > 0 && (
            <MessageBarActions>
              <CommandButton calls="outbox.release" onClick={onRelease}>
                {text.release}
              </CommandButton>
            </MessageBarActions>
          )}
        </MessageBar>
      )}
    </>
  );
}

function sentenceOf(code: string, message: string): string {
  return code in errorText ? errorText[code as keyof typeof errorText].sentence : message;
}

function heldText(isHolding: boolean, held: number): string {
  if (!isHolding) return text.heldLeft(held);
  if (held === 0) return text.holding;
  return held === 1 ? text.heldOne : text.held(held);
}
