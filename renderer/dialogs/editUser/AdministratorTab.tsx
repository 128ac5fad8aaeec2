import { Checkbox, Text, makeStyles, tokens } from '@fluentui/react-components';
import { editUserText as text } from '../../i18n/en/editUser.ts';
import { useEditor } from './editor.ts';

/** Whether the user administers others in the user portal. */
export function AdministratorTab() {
  const styles = useStyles();
  const { form, change } = useEditor();
  return (
    <div className={styles.root}>
      <Checkbox
        label={text.administrator}
        checked={form.administrator}
        onChange={(_event, { checked }) => change({ administrator: checked === true })}
      />
      <Text className={styles.hint}>{text.administratorHint}</Text>
    </div>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column' },
  hint: { marginLeft: tokens.spacingHorizontalXXXL, color: tokens.colorNeutralForeground2 },
});
