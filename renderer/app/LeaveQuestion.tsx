import { DiscardQuestion } from '../ui/DiscardQuestion.tsx';
import { useShell } from './useShell.ts';

/** Asks when a pane is about to be left with input that is not saved. */
export function LeaveQuestion() {
  const isLeaving = useShell((s) => s.leaving !== null);
  const text = useShell((s) => s.unsaved?.text);
  const leave = useShell((s) => s.leave);
  const stay = useShell((s) => s.stay);
  return isLeaving && <DiscardQuestion text={text} onDiscard={leave} onKeep={stay} />;
}
