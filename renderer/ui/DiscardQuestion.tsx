import { uiText } from '../i18n/en/ui.ts';
import { LossQuestion } from './LossQuestion.tsx';

interface DiscardQuestionProps {
  /** What would be lost, where it is not the input of a dialog. */
  readonly text?: string;
  onDiscard(): void;
  onKeep(): void;
}

/** Asks before unsaved input is lost. Esc keeps it. */
export function DiscardQuestion({ text = uiText.discardText, onDiscard, onKeep }: DiscardQuestionProps) {
  return (
    <LossQuestion title={uiText.discardTitle} keep={uiText.keepEditing} lose={uiText.discard} onKeep={onKeep} onLose={onDiscard}>
      {text}
    </LossQuestion>
  );
}
