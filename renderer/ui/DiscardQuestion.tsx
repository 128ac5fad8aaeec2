import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from '@fluentui/react-components';
import { uiText } from '../i18n/en/ui.ts';

/** Asks before unsaved input is lost. Esc keeps it. */
export function DiscardQuestion({ onDiscard, onKeep }: { onDiscard(): void; onKeep(): void }) {
  return (
    <Dialog open modalType="alert" surfaceMotion={null} onOpenChange={onKeep}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{uiText.discardTitle}</DialogTitle>
          <DialogContent>{uiText.discardText}</DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={onDiscard}>
              {uiText.discard}
            </Button>
            <Button onClick={onKeep}>{uiText.keepEditing}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
