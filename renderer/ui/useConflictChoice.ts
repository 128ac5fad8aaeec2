import { useEffect, useRef, useState, type RefObject } from 'react';
import type { Side } from './ConflictView.tsx';

interface ConflictChoice<Name extends string> {
  readonly choice: ReadonlyMap<Name, Side>;
  choose(choice: ReadonlyMap<Name, Side>): void;
  /** What was chosen belonged to other values. */
  forget(): void;
  /** For the button that saves: it has the focus after the conflict view, whose buttons go with it. */
  readonly saveButton: RefObject<HTMLButtonElement | null>;
}

/** What is chosen in a ConflictView, field by field. */
export function useConflictChoice<Name extends string>(isDeciding: boolean): ConflictChoice<Name> {
  const [choice, setChoice] = useState<ReadonlyMap<Name, Side>>(() => new Map());
  const saveButton = useRef<HTMLButtonElement>(null);
  const wasDeciding = useRef(false);
  useEffect(() => {
    if (wasDeciding.current && !isDeciding) saveButton.current?.focus();
    wasDeciding.current = isDeciding;
  }, [isDeciding]);
  return { choice, choose: setChoice, forget: () => setChoice(new Map()), saveButton };
}
