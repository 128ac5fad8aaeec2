import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { CheckmarkCircleRegular, ErrorCircleRegular, InfoRegular, WarningRegular } from '@fluentui/react-icons';
import type { Finding, FindingKind } from '../../../shared/contract/status.contract.ts';
import { useDialogs } from '../../app/dialogs.store.ts';
import { paneOfFinding } from '../../app/findingPanes.ts';
import type { PaneAim } from '../../app/shell.store.ts';
import { useOpenImport } from '../../app/useOpenImport.ts';
import { useShell } from '../../app/useShell.ts';
import { findingText, statusText as text } from '../../i18n/en/status.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';

const icons = { error: ErrorCircleRegular, warning: WarningRegular, info: InfoRegular } as const;

/** Where in a pane the way out is. */
const aims: Partial<Record<FindingKind, PaneAim>> = {
  'mails-unknown': 'outbox',
  'mails-failed': 'outbox',
  'mails-held': 'outbox',
  'mails-limited': 'outbox',
  'users-incomplete': 'incomplete',
};

/** What needs attention, each with its way out. */
export function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  const styles = useStyles();
  if (findings.length === 0) {
    return (
      <p className={styles.finding}>
        <CheckmarkCircleRegular className={styles.well} aria-hidden />
        {text.allWell}
      </p>
    );
  }
  return (
    <ul className={styles.list} aria-label={text.findings}>
      {findings.map((finding) => {
        const Icon = icons[finding.severity];
        return (
          <li key={finding.kind} className={styles.finding}>
            <Icon className={styles[finding.severity]} aria-label={text.severities[finding.severity]} />
            <span className={styles.text} dir="auto">
              {findingText(finding)}
            </span>
            <Fix kind={finding.kind} />
          </li>
        );
      })}
    </ul>
  );
}

function Fix({ kind }: { readonly kind: FindingKind }) {
  const open = useDialogs((s) => s.open);
  const showPane = useShell((s) => s.showPane);
  const openImport = useOpenImport();
  if (kind === 'keychain-locked' || kind === 'keychain-unavailable') {
    return (
      <Button size="small" onClick={() => open({ kind: 'vault' })}>
        {kind === 'keychain-locked' ? text.unlock : text.setPassphrase}
      </Button>
    );
  }
  if (kind === 'backup-failed' || kind === 'backup-old' || kind === 'store-damaged' || kind === 'settings-unreadable') {
    return (
      <Button size="small" onClick={() => open({ kind: 'backups' })}>
        {text.backups}
      </Button>
    );
  }
  if (kind === 'directory-missing') {
    return (
      <Button size="small" onClick={() => open({ kind: 'directory-configuration' })}>
        {text.configure}
      </Button>
    );
  }
  if (kind === 'directory-stale' || kind === 'import-failed') {
    return (
      <CommandButton calls="imports.start" size="small" onClick={() => void openImport()}>
        {text.import}
      </CommandButton>
    );
  }
  const pane = paneOfFinding[kind];
  return (
    <Button size="small" onClick={() => showPane(pane, aims[kind])}>
      {text.goTo(pane)}
    </Button>
  );
}

const useStyles = makeStyles({
  list: { margin: '0', padding: '0', listStyleType: 'none', display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  finding: { margin: '0', display: 'flex', alignItems: 'center', columnGap: tokens.spacingHorizontalS, minHeight: '24px' },
  text: { flex: '1 1 0', minWidth: '0', overflowWrap: 'anywhere' },
  error: { flexShrink: '0', fontSize: tokens.fontSizeBase500, color: tokens.colorStatusDangerForeground1 },
  warning: { flexShrink: '0', fontSize: tokens.fontSizeBase500, color: tokens.colorStatusWarningForeground1 },
  info: { flexShrink: '0', fontSize: tokens.fontSizeBase500, color: tokens.colorNeutralForeground2 },
  well: { flexShrink: '0', fontSize: tokens.fontSizeBase500, color: tokens.colorStatusSuccessForeground1 },
});
