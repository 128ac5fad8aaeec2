import { useState, type RefObject } from 'react';
import { useOutcomeFocus } from '../../ui/useOutcomeFocus.ts';

export type TagCommandState =
  | { readonly phase: 'asking' | 'working' }
  | { readonly phase: 'asking'; readonly error: unknown }
  | { readonly phase: 'done'; readonly users: number };

/** A command on a tag behind a question: it works once, and says how many users it was about. */
export function useTagCommand(): {
  readonly state: TagCommandState;
  /** For what tells the outcome: it gets the focus, since the button that had it is gone. */
  readonly outcome: RefObject<HTMLDivElement | null>;
  run(work: () => Promise<{ users: number }>): Promise<void>;
} {
  const [state, setState] = useState<TagCommandState>({ phase: 'asking' });
  const outcome = useOutcomeFocus(state.phase === 'done');

  async function run(work: () => Promise<{ users: number }>) {
    setState({ phase: 'working' });
    try {
      setState({ phase: 'done', ...(await work()) });
    } catch (error) {
      setState({ phase: 'asking', error });
    }
  }
  return { state, outcome, run };
}
