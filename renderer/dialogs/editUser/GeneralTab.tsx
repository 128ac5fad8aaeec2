import { Checkbox, makeStyles, tokens } from '@fluentui/react-components';
import { useId } from 'react';
import { editUserText as text, fieldNames } from '../../i18n/en/editUser.ts';
import { TextField } from '../../ui/FormField.tsx';
import { useEditor } from './editor.ts';
import { MethodFields } from './MethodFields.tsx';
import { PhoneFields } from './PhoneFields.tsx';
import { PinFields } from './PinFields.tsx';
import { usesPin } from './userForm.ts';

const texts = ['username', 'firstName', 'lastName', 'email', 'userGroup'] as const;

/** Who the user is and how he authenticates, in the order of the original product (reference §2.2). */
export function GeneralTab() {
  const styles = useStyles();
  const { form, user, change } = useEditor();
  const hintId = useId();
  return (
    <div className={styles.root}>
      {texts.map((name) => (
        <TextField
          key={name}
          field={name}
          label={text.label(fieldNames[name])}
          size="small"
          isRequired={name === 'username'}
          dir="auto"
          value={form[name]}
          onChange={(value) => change({ [name]: value })}
        />
      ))}
      <PhoneFields phone="phone" extension="extension" countryLabel={text.countryCode} />
      <div className={styles.indented}>
        <Checkbox
          label={text.globalServices}
          title={text.globalServicesHint}
          aria-describedby={hintId}
          checked={form.globalServices}
          onChange={(_event, { checked }) => change({ globalServices: checked === true })}
        />
        <span id={hintId} hidden>
          {text.globalServicesHint}
        </span>
      </div>
      <MethodFields />
      {/* What is shown of one user's PIN is hidden for the next. */}
      <PinFields key={user?.id} />
      <div className={styles.last}>
        <Checkbox label={text.enabled} checked={form.enabled} onChange={(_event, { checked }) => change({ enabled: checked === true })} />
        <Checkbox
          label={text.mustChangePin}
          disabled={!usesPin(form)}
          checked={form.mustChangePin}
          onChange={(_event, { checked }) => change({ mustChangePin: checked === true })}
        />
      </div>
    </div>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXS, maxWidth: '720px' },
  // In line with the text boxes: a check box has room of its own at its left.
  indented: { marginLeft: `calc(176px - ${tokens.spacingHorizontalS})` },
  last: {
    display: 'grid',
    gridTemplateColumns: `calc(176px - ${tokens.spacingHorizontalS}) minmax(0, 1fr)`,
    alignItems: 'center',
    '& > :first-child': { marginLeft: `calc(0px - ${tokens.spacingHorizontalS})`, justifySelf: 'start' },
    '& > :last-child': { justifySelf: 'start' },
  },
});
