import { lazy } from 'react';

/** The help of a pane, whose code is read when it is first wanted. */
export const PaneHelpDialog = lazy(async () => ({ default: (await import('./PaneHelpDialog.tsx')).PaneHelpDialog }));
