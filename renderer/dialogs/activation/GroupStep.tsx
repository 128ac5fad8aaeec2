import { makeStyles, tokens } from '@fluentui/react-components';
import { activationText as text, authorityAdvice } from '../../i18n/en/activation.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { GroupField } from '../../ui/GroupField.tsx';
import { SubmitForm } from '../../ui/SubmitForm.tsx';
import type { ActivationDialogStore } from './activation.store.ts';

/** Joins one of the groups of the company, or creates one. */
export function GroupStep({ store, formId }: { readonly store: ActivationDialogStore; readonly formId: string }) {
  const styles = useStyles();
  const { state, form, failure, type, join } = store;
  const activation = state?.activation;

  return (
    <SubmitForm
      id={formId}
      className={styles.form}
      onSubmit={() => {
        if (isReadyToJoin(store)) void join();
      }}
    >
      <span>{`${text.activated(activation?.company ?? '')} ${text.groupIntro}`}</span>
      {failure?.work === 'joining' && <ErrorNotice error={failure.error} context={text.joinFailed} advice={authorityAdvice} />}
      <GroupField {...form} groups={activation?.groups ?? []} className={styles.field} onChange={type} />
    </SubmitForm>
  );
}

export function isReadyToJoin({ form, work }: Pick<ActivationDialogStore, 'form' | 'work'>): boolean {
  return work === null && (form.groupId !== '' || form.groupName.trim() !== '');
}

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  field: { gridTemplateColumns: '144px minmax(0, 1fr)' },
});
