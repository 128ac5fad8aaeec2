import { useEffect, useRef, type RefObject } from 'react';

/**
 * For the element that tells what became of a command: it gets the focus once `isTold`, and again with each other `phase`. The button
 * that had the focus is gone by then, and without a focus inside Esc would not close the dialog.
 */
export function useOutcomeFocus(isTold: boolean, phase?: string): RefObject<HTMLDivElement | null> {
  const outcome = useRef<HTMLDivElement>(null);
  useEffect(() => (isTold ? outcome.current?.focus() : undefined), [isTold, phase]);
  return outcome;
}
