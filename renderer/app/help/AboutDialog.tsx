import { Button } from '@fluentui/react-components';
import { shellText } from '../../i18n/en/shell.ts';
import { AppDialog } from '../../ui/AppDialog.tsx';
import { FactList } from '../../ui/FactList.tsx';
import { Mono } from '../../ui/Mono.tsx';
import { useShell } from '../useShell.ts';

export function AboutDialog({ onClose }: { onClose(): void }) {
  const server = useShell((s) => s.server);

  return (
    <AppDialog
      title={shellText.aboutTitle}
      sizeKey="about"
      initialSize={{ width: 520, height: 320 }}
      onClose={onClose}
      actions={<Button onClick={onClose}>{shellText.close}</Button>}
    >
      {server && (
        <FactList>
          <dt>{shellText.version}</dt>
          <dd>{server.version}</dd>
          <dt>{shellText.server}</dt>
          <dd>{server.serverName}</dd>
          <dt>{shellText.host}</dt>
          <dd>{shellText.hosts[server.host]}</dd>
          <dt>{shellText.dataFolder}</dt>
          <dd>
            <Mono text={server.dataFolder} label={shellText.dataFolder} />
          </dd>
          <dt>{shellText.passwordsKeptIn}</dt>
          <dd>{shellText.vaults[server.vault.state]}</dd>
        </FactList>
      )}
    </AppDialog>
  );
}
