import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { CheckmarkRegular, CopyRegular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import { uiText } from '../i18n/en/ui.ts';
import { copyText } from './copyText.ts';
import { truncateMiddle } from './middleTruncation.ts';

export interface MonoProps {
  readonly text: string;
  /** What it is, for the name of the copy button. */
  readonly label: string;
  /** Characters to show; longer texts lose their middle and keep the whole in the tooltip and the copy. */
  readonly maxLength?: number;
}

/** An identifier (DN, GUID, fingerprint, reference) in monospace with a copy button. */
export function Mono({ text, label, maxLength = 64 }: MonoProps) {
  const styles = useStyles();
  const [isCopied, setCopied] = useState(false);

  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [isCopied]);

  return (
    <span className={styles.root}>
      <bdi className={styles.text} title={text}>
        {truncateMiddle(text, maxLength)}
      </bdi>
      <Button
        size="small"
        appearance="subtle"
        icon={isCopied ? <CheckmarkRegular /> : <CopyRegular />}
        aria-label={isCopied ? uiText.copied : `${uiText.copy}: ${label}`}
        title={isCopied ? uiText.copied : uiText.copy}
        onClick={() => void copyText(text).then(() => setCopied(true))}
      />
    </span>
  );
}

const useStyles = makeStyles({
  root: { display: 'inline-flex', alignItems: 'center', columnGap: tokens.spacingHorizontalXS, minWidth: 0, maxWidth: '100%' },
  text: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    overflowWrap: 'anywhere',
    unicodeBidi: 'isolate',
    textAlign: 'left',
  },
});
