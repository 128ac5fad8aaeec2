import { useShell } from '../useShell.ts';
import { PaneHelpDialog } from './readPaneHelp.ts';

/** Help on the pane that a dialog was opened from, over the dialog. */
export function HelpInDialog({ onClose }: { onClose(): void }) {
  const pane = useShell((s) => s.paneId);
  return <PaneHelpDialog pane={pane} onClose={onClose} />;
}
