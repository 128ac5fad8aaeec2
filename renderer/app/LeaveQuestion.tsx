import { DiscardQuestion } from '../ui/DiscardQuestion.tsx';
import { usePageGuard } from '../ui/usePageGuard.ts';
import { useShell } from './useShell.ts';

/** Asks when a pane, or the window with it, is about to be left with input that is not saved. */
export function LeaveQuestion() {
  const isLeaving = useShell((s) => s.leaving !== null);
  const text = useShell((s) => s.unsaved?.text);
  const leave = useShell((s) => s.leave);
  const stay = useShell((s) => s.stay);
  usePageGuard(useShell((s) => s.unsaved !== null));
  return isLeaving && <DiscardQuestion text={text} onDiscard={leave} onKeep={stay} />;
}
