import { useCallback } from 'react';
import type { Finding } from '../../shared/contract/status.contract.ts';
import type { PaneId } from '../i18n/en/shell.ts';
import { useClient } from './client.tsx';
import { paneOfFinding } from './findingPanes.ts';
import { useShell } from './useShell.ts';
import { useUpToDate } from './useUpToDate.ts';

/** What changes without being told, such as the state of the outbox. */
const everyMs = 30_000;

export type Attention = ReadonlyMap<PaneId, Finding>;
const none: Attention = new Map();

/** The gravest error or warning of each pane that has one. Notes are for those who look at Status. */
export function attentionOf(findings: readonly Finding[]): Attention {
  const byPane = new Map<PaneId, Finding>();
  for (const finding of findings) {
    const pane = paneOfFinding[finding.kind];
    // The gravest come first.
    if (finding.severity !== 'info' && !byPane.has(pane)) byPane.set(pane, finding);
  }
  return byPane;
}

/** Which panes need attention, kept up to date; read anew with each pane that is shown, where something may just have been put right. */
export function useAttention(): Attention {
  const { status } = useClient();
  const paneId = useShell((s) => s.paneId);
  const vault = useShell((s) => s.server?.vault);
  const read = useCallback(
    async () => attentionOf(await status.findings(null)),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- With another pane or vault, something may just have been put right.
    [status, paneId, vault],
  );
  return useUpToDate(read, status.onChanged, everyMs, none);
}
