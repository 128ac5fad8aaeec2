import type { ReactNode } from 'react';

interface ScrollAreaProps {
  /** What it holds, for assistive technology. */
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/** Text that may be longer than its place and holds nothing that takes the focus. It takes the focus itself, so that the keyboard can scroll it. */
export function ScrollArea({ label, className, children }: ScrollAreaProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- WCAG 2.1.1: arrow keys scroll what has the focus.
    <div role="region" aria-label={label} tabIndex={0} className={className}>
      {children}
    </div>
  );
}
