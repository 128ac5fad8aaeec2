import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from '@fluentui/react-components';
import { uiText } from '../i18n/en/ui.ts';
import { useFocusReturn } from './useFocusReturn.ts';

interface DiscardQuestionProps {
  /** What would be lost, where it is not the input of a dialog. */
  readonly text?: string;
  onDiscard(): void;
  onKeep(): void;
}

/** Asks before unsaved input is lost. Esc keeps it. */
export function DiscardQuestion({ text = uiText.discardText, onDiscard, onKeep }: DiscardQuestionProps) {
  useFocusReturn();
  return (
    <Dialog open modalType="alert" surfaceMotion={null} onOpenChange={onKeep}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{uiText.discardTitle}</DialogTitle>
          <DialogContent>{text}</DialogContent>
          <DialogActions>
            {/* First, so that Enter loses nothing. */}
            <Button appearance="primary" onClick={onKeep}>
              {uiText.keepEditing}
            </Button>
            <Button onClick={onDiscard}>{uiText.discard}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
