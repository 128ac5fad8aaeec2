import { useEffect, useState } from 'react';
import { useClient } from '../client.tsx';
import { useDialogs } from '../dialogs.store.ts';
import { useShell } from '../useShell.ts';
import type { SetupStepId } from './setupSteps.ts';

/** Steps whose settings were saved, or whose work was done, once. Looked at again with each step, each closed dialog and each change of users. */
export function useSetupDone(step: SetupStepId): ReadonlySet<SetupStepId> {
  const client = useClient();
  const hasDirectory = useShell((s) => Boolean(s.directory));
  const isDialogOpen = useDialogs((s) => s.current !== null);
  const [found, setFound] = useState<readonly SetupStepId[]>([]);

  useEffect(() => {
    if (isDialogOpen) return;
    let isCurrent = true;
    async function look() {
      const [company, email, users] = await Promise.all([client.company.get(null), client.email.get(null), client.users.count({})]);
      if (!isCurrent) return;
      setFound([
        ...(company.revision > 0 ? (['company'] as const) : []),
        ...(email.revision > 0 ? (['email'] as const) : []),
        ...(users.count > 0 ? (['import'] as const) : []),
      ]);
    }
    // A mark that is missing is no error: what cannot be read is said by the pane itself.
    const lookAgain = () => void look().catch(() => undefined);
    lookAgain();
    const stops = [client.users.onChanged(lookAgain), client.company.onChanged(lookAgain)];
    return () => {
      isCurrent = false;
      for (const stop of stops) stop();
    };
  }, [client, step, isDialogOpen]);

  return new Set([...(hasDirectory ? (['directory'] as const) : []), ...found]);
}
