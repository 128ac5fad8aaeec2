import { MessageBar, MessageBarBody, makeStyles } from '@fluentui/react-components';
import { useMemo } from 'react';
import { editUserText as text, fieldNames } from '../../i18n/en/editUser.ts';
import { ValidationProvider } from '../../ui/FormField.tsx';
import { SubmitForm } from '../../ui/SubmitForm.tsx';
import type { ShownProblems } from './formState.ts';
import type { FormField } from './userForm.ts';
import { UserTabs } from './UserTabs.tsx';

interface UserBodyProps {
  readonly heading: string;
  readonly problems: ShownProblems;
  /** After Apply: all problems in one place as well. */
  readonly hasSummary: boolean;
  leave(field: FormField): void;
  /** Enter in a text box: the button that is marked. */
  onSubmit(): void;
}

/** The tabs with what is wrong in them: beside each field, and as a summary below. Needs an EditorProvider above it. */
export function UserBody({ heading, problems, hasSummary, leave, onSubmit }: UserBodyProps) {
  const styles = useStyles();
  const validation = useMemo(() => ({ problems, leave: (field: string) => leave(field as FormField) }), [problems, leave]);
  return (
    <ValidationProvider value={validation}>
      <SubmitForm className={styles.form} onSubmit={onSubmit}>
        <UserTabs heading={heading} problems={problems.keys()} />
        {/* Without it Enter would send nothing; the buttons to see are those of the dialog. */}
        <input type="submit" hidden />
      </SubmitForm>
      {hasSummary && problems.size > 0 && (
        <div className={styles.summary}>
          <MessageBar intent="error" layout="multiline" role="alert">
            <MessageBarBody>
              {text.problems(problems.size)} {[...problems].map(([field, sentence]) => `${fieldNames[field]} – ${sentence}`).join(' ')}
            </MessageBarBody>
          </MessageBar>
        </div>
      )}
    </ValidationProvider>
  );
}

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', flex: '1 0 auto' },
  // In sight however far the form is scrolled: what keeps Apply from happening.
  summary: { position: 'sticky', bottom: '0', zIndex: 1, flexShrink: 0 },
});
