import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { paneHelp, paneHelpText as text } from '../../i18n/en/paneHelp.ts';
import { shellText, type PaneId } from '../../i18n/en/shell.ts';
import { AppDialog } from '../../ui/AppDialog.tsx';
import { DialogHelp } from '../../ui/dialogHelp.ts';
import { ScrollArea } from '../../ui/ScrollArea.tsx';

interface PaneHelpDialogProps {
  readonly pane: PaneId;
  onClose(): void;
}

/** What a pane is for, how its usual work is done, and which verbs do the same. */
export function PaneHelpDialog({ pane, onClose }: PaneHelpDialogProps) {
  const styles = useStyles();
  const title = text.title(shellText.panes[pane]);
  const { about, tasks, verbs } = paneHelp[pane];
  return (
    <DialogHelp value={null}>
      <AppDialog
        title={title}
        sizeKey="pane-help"
        initialSize={{ width: 600, height: 560 }}
        onClose={onClose}
        actions={<Button onClick={onClose}>{shellText.close}</Button>}
      >
        <ScrollArea label={title} className={styles.root}>
          <p className={styles.about}>{about}</p>
          <dl className={styles.tasks}>
            {tasks.map(([task, how]) => (
              <div key={task}>
                <dt>{task}</dt>
                <dd>{how}</dd>
              </div>
            ))}
          </dl>
          <h3 className={styles.heading}>{text.onCommandLine}</h3>
          <ul className={styles.verbs}>
            {verbs.map((verb) => (
              <li key={verb}>mfactl {verb}</li>
            ))}
          </ul>
          <p className={styles.hint}>{text.commandLineHint}</p>
        </ScrollArea>
      </AppDialog>
    </DialogHelp>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  about: { margin: '0' },
  tasks: {
    margin: '0',
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalM,
    '& dt': { fontWeight: tokens.fontWeightSemibold },
    '& dd': { margin: '0', color: tokens.colorNeutralForeground2 },
  },
  heading: { margin: '0', fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  verbs: {
    margin: '0',
    padding: '0',
    listStyleType: 'none',
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(208px, 1fr))',
    rowGap: tokens.spacingVerticalXS,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
  },
  hint: { margin: '0', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
});
