import { useEffect } from 'react';

let isLetGo = false;

/** Loads the page anew without a question: what was entered in it belongs to data that is no more. */
export function reloadPage(): void {
  isLetGo = true;
  location.reload();
}

/** Has the browser, or the desktop host, ask before the page goes away while there is input that would be lost with it. */
export function usePageGuard(isUnsaved: boolean): void {
  useEffect(() => {
    if (!isUnsaved) return;
    // The browser asks in its own words, and only somebody who has touched the page.
    const keep = (event: BeforeUnloadEvent) => {
      if (!isLetGo) event.preventDefault();
    };
    addEventListener('beforeunload', keep);
    return () => removeEventListener('beforeunload', keep);
  }, [isUnsaved]);
}
