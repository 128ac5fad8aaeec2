import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { recycleBinText as text } from '../../i18n/en/recycleBin.ts';
import { useFocusReturn } from '../../ui/useFocusReturn.ts';

interface ForgetQuestionProps {
  readonly count: number;
  readonly names: readonly string[];
  onAnswer(isYes: boolean): void;
}

/** Asks before users are deleted for good, and names them. Esc keeps them. */
export function ForgetQuestion({ count, names, onAnswer }: ForgetQuestionProps) {
  const styles = useStyles();
  useFocusReturn();
  return (
    <Dialog open modalType="alert" surfaceMotion={null} onOpenChange={() => onAnswer(false)}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{text.question(count)}</DialogTitle>
          <DialogContent className={styles.content}>
            <ul aria-label={text.names} className={styles.names}>
              {names.map((name) => (
                <li key={name}>
                  <bdi>{name}</bdi>
                </li>
              ))}
              {count > names.length && <li>{text.more(count - names.length)}</li>}
            </ul>
            <span>{text.consequence}</span>
          </DialogContent>
          <DialogActions>
            {/* First, so that Enter deletes nobody by accident. */}
            <Button appearance="primary" onClick={() => onAnswer(false)}>
              {text.cancel}
            </Button>
            <Button onClick={() => onAnswer(true)}>{text.deleteThem}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  names: { margin: '0', paddingLeft: tokens.spacingHorizontalXL, overflowWrap: 'anywhere' },
});
