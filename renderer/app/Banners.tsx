import { Button, MessageBar, MessageBarActions, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { shellText } from '../i18n/en/shell.ts';
import { ActivationBanner } from './ActivationBanner.tsx';
import { useDialogs } from './dialogs.store.ts';
import { RestoreBanner } from './RestoreBanner.tsx';
import { useShell } from './useShell.ts';

/** What the administrator must know whichever pane is shown: one sentence, one action each. */
export function Banners() {
  const styles = useStyles();
  const connection = useShell((s) => s.connection);
  const vault = useShell((s) => s.server?.vault.state);
  const storeDamage = useShell((s) => s.server?.storeDamage);
  const open = useDialogs((s) => s.open);
  const openVault = () => open({ kind: 'vault' });

  return (
    <div className={styles.root} aria-live="polite">
      {connection === 'reconnecting' && <Banner intent="warning">{shellText.reconnecting}</Banner>}
      {connection === 'signed-out' && <Banner intent="error">{shellText.signedOut}</Banner>}
      {storeDamage !== undefined && (
        <Banner intent="error" action={<Button onClick={() => open({ kind: 'backups' })}>{shellText.backups}</Button>}>
          {shellText.storeDamaged(storeDamage)}
        </Banner>
      )}
      <RestoreBanner />
      <ActivationBanner />
      {vault === 'unavailable' && (
        <Banner intent="warning" action={<Button onClick={openVault}>{shellText.setPassphrase}</Button>}>
          {shellText.vaultUnavailable}
        </Banner>
      )}
      {vault === 'locked' && (
        <Banner intent="warning" action={<Button onClick={openVault}>{shellText.unlock}</Button>}>
          {shellText.vaultLocked}
        </Banner>
      )}
    </div>
  );
}

function Banner({
  intent,
  action,
  children,
}: {
  readonly intent: 'warning' | 'error';
  readonly action?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <MessageBar intent={intent}>
      <MessageBarBody>{children}</MessageBarBody>
      {action && <MessageBarActions>{action}</MessageBarActions>}
    </MessageBar>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXS, ':empty': { display: 'none' } },
});
