import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { AppDialog, type AppDialogProps } from './AppDialog.tsx';
import { focusFirstAttribute } from './useFocusReturn.ts';
import { useOutcomeFocus } from './useOutcomeFocus.ts';

interface QuestionDialogProps extends Pick<AppDialogProps, 'title' | 'sizeKey' | 'initialSize' | 'note' | 'actions' | 'onClose'> {
  /** The button that changes nothing: Cancel while something is asked, Close once it is answered. */
  readonly leave: string;
  /** Whether `outcome` says what became of the answer; it then gets the focus, and again with each other `phase`. */
  readonly isTold: boolean;
  readonly phase?: string;
  /** How far it is; above the outcome. */
  readonly progress?: ReactNode;
  readonly outcome: ReactNode;
  /** The question, while there is one. */
  readonly children?: ReactNode;
}

/** Asks before something is changed or lost, and says what became of it in the same place. */
export function QuestionDialog({ leave, isTold, phase, progress, outcome, actions, children, ...dialog }: QuestionDialogProps) {
  const styles = useStyles();
  const told = useOutcomeFocus(isTold, phase);
  return (
    <AppDialog
      {...dialog}
      actions={
        <>
          {actions}
          {/* First in the order of the keyboard, so that Enter changes nothing by accident. */}
          <Button appearance="primary" onClick={dialog.onClose} {...{ [focusFirstAttribute]: '' }}>
            {leave}
          </Button>
        </>
      }
    >
      {progress}
      <div ref={told} role="status" tabIndex={-1}>
        {outcome}
      </div>
      {Boolean(children) && <div className={styles.question}>{children}</div>}
    </AppDialog>
  );
}

const useStyles = makeStyles({
  question: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM, overflowWrap: 'anywhere' },
});
