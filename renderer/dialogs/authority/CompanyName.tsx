import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { authorityText as text } from '../../i18n/en/activation.ts';

interface CompanyNameProps {
  readonly name: string;
  /** Answers whether it was. */
  onSave(name: string): Promise<boolean>;
}

/** What the company of this authority is called. */
export function CompanyName({ name, onSave }: CompanyNameProps) {
  const styles = useStyles();
  const [typed, setTyped] = useState(name);
  const mayRename = typed.trim() !== '' && typed.trim() !== name;
  return (
    <div className={styles.root}>
      <Field label={text.company} hint={text.companyHint} orientation="horizontal" className={styles.field}>
        <Input value={typed} maxLength={64} autoComplete="off" onChange={(_event, data) => setTyped(data.value)} />
      </Field>
      <Button disabledFocusable={!mayRename} onClick={() => mayRename && void onSave(typed)}>
        {text.rename}
      </Button>
    </div>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', alignItems: 'flex-start', columnGap: tokens.spacingHorizontalS },
  field: { flexGrow: 1, gridTemplateColumns: '168px minmax(0, 1fr)' },
});
