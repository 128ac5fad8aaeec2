import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { TemplateVersion } from '../../../shared/contract/mailTemplates.contract.ts';
import { editEmailText as text } from '../../i18n/en/editEmail.ts';

interface VersionsProps {
  /** Newest first. */
  readonly versions: readonly TemplateVersion[];
  readonly current: number;
  /** Not while something is written that would be lost. */
  readonly mayRestore: boolean;
  onRestore(version: number): void;
}

/** All that the mail was in this language. */
export function Versions({ versions, current, mayRestore, onRestore }: VersionsProps) {
  const styles = useStyles();
  if (versions.length === 0) return <p>{text.noHistory}</p>;
  return (
    <ul aria-label={text.history} className={styles.root}>
      {versions.map((version) => (
        <li key={version.version} className={styles.line}>
          <span className={styles.what}>{text.version(version)}</span>
          {version.version !== current && (
            <Button
              size="small"
              aria-label={text.restoreThis(version.version)}
              disabledFocusable={!mayRestore}
              onClick={() => onRestore(version.version)}
            >
              {text.restore}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

const useStyles = makeStyles({
  root: { margin: '0', padding: '0', listStyleType: 'none' },
  line: { display: 'flex', alignItems: 'center', columnGap: tokens.spacingHorizontalS, minHeight: '32px' },
  what: { flex: '1 1 0', overflowWrap: 'anywhere' },
});
