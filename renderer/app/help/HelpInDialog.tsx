import { lazy } from 'react';
import { useShell } from '../useShell.ts';

const PaneHelpDialog = lazy(async () => ({ default: (await import('./PaneHelpDialog.tsx')).PaneHelpDialog }));

/** Help on the pane that a dialog was opened from, over the dialog. */
export function HelpInDialog({ onClose }: { onClose(): void }) {
  const pane = useShell((s) => s.paneId);
  return <PaneHelpDialog pane={pane} onClose={onClose} />;
}
