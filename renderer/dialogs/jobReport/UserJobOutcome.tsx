import { MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { UserJobResult } from './runUserJob.ts';

interface UserJobOutcomeProps {
  readonly result: UserJobResult;
  /** For how many it was done, in words. */
  readonly done: string;
  /** Beside the words: the way to the report. */
  readonly action?: ReactNode;
  readonly words: { stayed(count: number): string; left(count: number): string };
}

/** What became of a command on many users: for whom it was done, who stayed, and whom it did not get to. */
export function UserJobOutcome({ result: { stayed, left }, done, words, action }: UserJobOutcomeProps) {
  return (
    <MessageBar intent={stayed + left > 0 ? 'warning' : 'success'} layout="multiline">
      <MessageBarBody>{[done, stayed > 0 && words.stayed(stayed), left > 0 && words.left(left)].filter(Boolean).join(' ')}</MessageBarBody>
      {action && <MessageBarActions>{action}</MessageBarActions>}
    </MessageBar>
  );
}
