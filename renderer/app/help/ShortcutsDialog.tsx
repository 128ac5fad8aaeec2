import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { shellText } from '../../i18n/en/shell.ts';
import { AppDialog } from '../../ui/AppDialog.tsx';
import { ScrollArea } from '../../ui/ScrollArea.tsx';

export function ShortcutsDialog({ onClose }: { onClose(): void }) {
  const styles = useStyles();
  return (
    <AppDialog
      title={shellText.shortcuts}
      sizeKey="shortcuts"
      initialSize={{ width: 640, height: 520 }}
      onClose={onClose}
      actions={<Button onClick={onClose}>{shellText.close}</Button>}
    >
      <ScrollArea label={shellText.shortcuts}>
        <dl className={styles.list}>
          {shellText.shortcutList.map(([keys, effect]) => (
            <div key={keys} className={styles.line}>
              <dt>{keys}</dt>
              <dd>{effect}</dd>
            </div>
          ))}
        </dl>
      </ScrollArea>
    </AppDialog>
  );
}

const useStyles = makeStyles({
  list: { margin: '0' },
  line: {
    display: 'grid',
    gridTemplateColumns: '1fr 1fr',
    columnGap: tokens.spacingHorizontalL,
    paddingTop: tokens.spacingVerticalSNudge,
    paddingBottom: tokens.spacingVerticalSNudge,
    borderBottomWidth: tokens.strokeWidthThin,
    borderBottomStyle: 'solid',
    borderBottomColor: tokens.colorNeutralStroke3,
    '& dt': { fontWeight: tokens.fontWeightSemibold },
    '& dd': { margin: '0' },
  },
});
