import { useEffect, useState } from 'react';

/** Where the focus goes when what had it is gone: the first element that carries this attribute. */
export const focusHomeAttribute = 'data-focus-home';

/** Marks the element of a dialog that has the focus first; without it that is the first one that can have it. */
export const focusFirstAttribute = 'data-focus-first';

/**
 * A ref for the surface of a dialog, which has the focus from the moment it is there: what is first in it gets it only after the browser has drawn,
 * and a key that is pressed until then would go to what lies below.
 */
export const takeFocus = (surface: HTMLElement | null): void => surface?.focus();

/** Gives the focus back, when this component goes, to what had it when it came. */
export function useFocusReturn(): void {
  // Read while rendering: in an effect the dialog has taken the focus already.
  const [target] = useState(() => document.activeElement);

  useEffect(
    () => () => {
      // After the dialog's own clean-up, which would take the focus away again.
      setTimeout(() => {
        const open = document.querySelector('[role=dialog], [role=alertdialog]');
        if (open && !(target && open.contains(target))) return;
        const isUsable = target instanceof HTMLElement && target.isConnected && target !== document.body;
        (isUsable ? target : document.querySelector<HTMLElement>(`[${focusHomeAttribute}]`))?.focus();
      });
    },
    [target],
  );
}
