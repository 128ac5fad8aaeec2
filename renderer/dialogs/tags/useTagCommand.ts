import { useState } from 'react';

export type TagCommandState =
  | { readonly phase: 'asking' | 'working' }
  | { readonly phase: 'asking'; readonly error: unknown }
  | { readonly phase: 'done'; readonly users: number };

/** A command on a tag behind a question: it works once, and says how many users it was about. */
export function useTagCommand(): {
  readonly state: TagCommandState;
  run(work: () => Promise<{ users: number }>): Promise<void>;
} {
  const [state, setState] = useState<TagCommandState>({ phase: 'asking' });

  async function run(work: () => Promise<{ users: number }>) {
    setState({ phase: 'working' });
    try {
      setState({ phase: 'done', ...(await work()) });
    } catch (error) {
      setState({ phase: 'asking', error });
    }
  }
  return { state, run };
}
