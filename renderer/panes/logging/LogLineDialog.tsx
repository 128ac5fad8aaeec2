import { Button, Text, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { LogLine } from '../../../shared/contract/logs.contract.ts';
import { loggingText as text, logLevelText } from '../../i18n/en/logging.ts';
import { AppDialog, DialogCloseButton } from '../../ui/AppDialog.tsx';
import { ScrollArea } from '../../ui/ScrollArea.tsx';
import { copyText } from '../../ui/copyText.ts';
import { logTimeText } from './logColumns.tsx';

/** One line with all that it holds. */
export function LogLineDialog({ line, onClose }: { readonly line: LogLine; onClose(): void }) {
  const styles = useStyles();
  const [isCopied, setCopied] = useState(false);
  const facts = [
    [text.columns.at, logTimeText(line.at)],
    [text.columns.level, logLevelText[line.level]],
    [text.columns.host, line.host],
    [text.columns.component, line.component],
    [text.columns.user, line.user],
    [text.columns.ref, line.ref],
    [text.columns.message, line.message],
  ].filter(([, value]) => value !== '');

  return (
    <AppDialog
      title={text.lineTitle}
      sizeKey="log-line"
      initialSize={{ width: 760, height: 560 }}
      onClose={onClose}
      note={<span aria-live="polite">{isCopied && <Text>{text.copied}</Text>}</span>}
      actions={
        <>
          <Button onClick={() => void copyText(line.raw).then(() => setCopied(true))}>{text.copy}</Button>
          <DialogCloseButton>{text.close}</DialogCloseButton>
        </>
      }
    >
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name} className={styles.fact}>
            <dt className={styles.name}>{name}</dt>
            <dd className={styles.value} dir="auto">
              {value}
            </dd>
          </div>
        ))}
      </dl>
      <ScrollArea label={text.wholeLine} className={styles.raw}>
        {readable(line.raw)}
      </ScrollArea>
    </AppDialog>
  );
}

/** One field in a line, and the lines of a stack as such. */
function readable(raw: string): string {
  try {
    return JSON.stringify(JSON.parse(raw), null, 2).replaceAll('\\n', '\n      ');
  } catch {
    return raw;
  }
}

const useStyles = makeStyles({
  facts: { margin: '0', display: 'grid', rowGap: tokens.spacingVerticalXS },
  fact: { display: 'grid', gridTemplateColumns: '112px minmax(0, 1fr)', columnGap: tokens.spacingHorizontalS },
  name: { color: tokens.colorNeutralForeground2 },
  value: { margin: '0', overflowWrap: 'anywhere' },
  raw: {
    flex: '1 1 0',
    minHeight: '96px',
    marginTop: tokens.spacingVerticalM,
    marginBottom: '0',
    padding: tokens.spacingHorizontalM,
    overflow: 'auto',
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
});
