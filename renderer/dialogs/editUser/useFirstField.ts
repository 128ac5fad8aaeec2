import { useEffect, useRef, type RefObject } from 'react';

/**
 * Focuses the first field inside the element once for each turn; null: the fields are still to come. A dialog takes the focus when it
 * opens, which is before its data are read: it would rest on a button at the end.
 */
export function useFirstField(turn: number | null): RefObject<HTMLDivElement | null> {
  const body = useRef<HTMLDivElement>(null);
  const last = useRef<number | null>(null);
  useEffect(() => {
    if (turn === null || turn === last.current) return;
    last.current = turn;
    body.current?.querySelector('input')?.focus();
  }, [turn]);
  return body;
}
