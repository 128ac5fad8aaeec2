import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { shellText } from '../../i18n/en/shell.ts';
import { AppDialog } from '../../ui/AppDialog.tsx';
import { Mono } from '../../ui/Mono.tsx';
import { useShell } from '../useShell.ts';

export function AboutDialog({ onClose }: { onClose(): void }) {
  const styles = useStyles();
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
        <dl className={styles.facts}>
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
        </dl>
      )}
    </AppDialog>
  );
}

const useStyles = makeStyles({
  facts: {
    display: 'grid',
    gridTemplateColumns: 'max-content 1fr',
    alignItems: 'baseline',
    columnGap: tokens.spacingHorizontalL,
    rowGap: tokens.spacingVerticalS,
    margin: '0',
    '& dt': { color: tokens.colorNeutralForeground3 },
    '& dd': { margin: '0', minWidth: '0' },
  },
});
