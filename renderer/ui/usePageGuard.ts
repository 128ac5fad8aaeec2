import { useEffect } from 'react';

/** Has the browser, or the desktop host, ask before the page goes away while there is input that would be lost with it. */
export function usePageGuard(isUnsaved: boolean): void {
  useEffect(() => {
    if (!isUnsaved) return;
    // The browser asks in its own words, and only somebody who has touched the page.
    const keep = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', keep);
    return () => removeEventListener('beforeunload', keep);
  }, [isUnsaved]);
}
