import { useEffect, useState } from 'react';
import type { Finding } from '../../shared/contract/status.contract.ts';
import type { PaneId } from '../i18n/en/shell.ts';
import { useClient } from './client.tsx';
import { paneOfFinding } from './findingPanes.ts';
import { useShell } from './useShell.ts';

/** What changes without being told, such as the state of the outbox. */
const everyMs = 30_000;

export type Attention = ReadonlyMap<PaneId, Finding>;

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
  const client = useClient();
  const paneId = useShell((s) => s.paneId);
  const vault = useShell((s) => s.server?.vault);
  const [attention, setAttention] = useState<Attention>(new Map());
  useEffect(() => {
    let isOver = false;
    async function read(): Promise<void> {
      try {
        const { findings } = await client.status.overview(null);
        if (!isOver) setAttention(attentionOf(findings));
      } catch {
        // What keeps it from being read is said by the banner about the connection, and in Status.
      }
    }
    void read();
    const timer = setInterval(() => void read(), everyMs);
    const stop = client.status.onChanged(() => void read());
    return () => {
      isOver = true;
      clearInterval(timer);
      stop();
    };
  }, [client, paneId, vault]);
  return attention;
}
