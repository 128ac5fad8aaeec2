import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { takeFocus, useFocusReturn } from './useFocusReturn.ts';

interface LossQuestionProps {
  readonly title: ReactNode;
  readonly children: ReactNode;
  /** The button that loses nothing. */
  readonly keep: string;
  readonly lose: string;
  readonly className?: string;
  onKeep(): void;
  onLose(): void;
}

/** Asks before something is lost. Esc keeps it. */
export function LossQuestion({ title, children, keep, lose, className, onKeep, onLose }: LossQuestionProps) {
  useFocusReturn();
  return (
    <Dialog open modalType="alert" surfaceMotion={null} onOpenChange={onKeep}>
      <DialogSurface ref={takeFocus}>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent className={className}>{children}</DialogContent>
          <DialogActions>
            {/* First, so that Enter loses nothing. */}
            <Button appearance="primary" onClick={onKeep}>
              {keep}
            </Button>
            <Button onClick={onLose}>{lose}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
