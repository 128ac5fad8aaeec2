import { Radio, RadioGroup, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useId, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { tagColors, type Tag, type TagColor } from '../../../shared/contract/tags.contract.ts';
import { useClient } from '../../app/client.tsx';
import { tagColorText, tagEditorText as text } from '../../i18n/en/tags.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { AppDialog, DialogCloseButton } from '../../ui/AppDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { FormField, TextField, ValidationProvider } from '../../ui/FormField.tsx';
import { TagMark } from '../../ui/TagLabel.tsx';
import { SubmitForm } from '../../ui/SubmitForm.tsx';
import { createTagEditorStore, isFieldError } from './tagEditor.store.ts';

/** Adds tags one after the other, or edits the one that is given. */
export function TagDialog({ tag, onClose }: { readonly tag?: Tag; onClose(): void }) {
  const styles = useStyles();
  const client = useClient();
  const formId = useId();
  const [store] = useState(() => createTagEditorStore(client, tag ?? null));
  const { form, before, phase, problems, saveError, saved } = useStore(store);
  const { change, leave, save } = store.getState();
  const isNew = tag === undefined;
  const isDirty = form.name !== before.name || form.color !== before.color || form.description !== before.description;
  const maySave = isDirty && phase === 'editing' && problems.size === 0 && form.name.trim() !== '';
  const validation = useMemo(() => ({ problems, leave }), [problems, leave]);
  const last = saved.at(-1);

  useEffect(() => {
    if (isNew && saved.length > 0) document.getElementById(formId)?.querySelector('input')?.focus();
  }, [formId, isNew, saved.length]);

  return (
    <AppDialog
      title={isNew ? text.addTitle : text.editTitle}
      sizeKey="tag"
      initialSize={{ width: 520, height: 380 }}
      isDirty={isDirty}
      onClose={onClose}
      note={
        <span role="status" dir="auto">
          {last !== undefined && !isDirty && (isNew ? text.added(last) : text.saved)}
        </span>
      }
      actions={
        <>
          <CommandButton
            calls={isNew ? 'tags.add' : 'tags.edit'}
            appearance="primary"
            type="submit"
            form={formId}
            disabledFocusable={!maySave}
          >
            {isNew ? (phase === 'saving' ? text.adding : text.add) : phase === 'saving' ? text.applying : text.apply}
          </CommandButton>
          <DialogCloseButton>{text.close}</DialogCloseButton>
        </>
      }
    >
      <ValidationProvider value={validation}>
        <SubmitForm
          id={formId}
          className={styles.form}
          onSubmit={() => {
            if (maySave) void save();
          }}
        >
          <TextField field="name" label={text.name} isRequired dir="auto" value={form.name} onChange={(name) => change({ name })} />
          <FormField field="color" label={text.color}>
            <RadioGroup
              layout="horizontal"
              className={styles.colors}
              value={form.color}
              onChange={(_event, data) => change({ color: data.value as TagColor })}
            >
              {tagColors.map((color) => (
                <Radio
                  key={color}
                  value={color}
                  label={
                    <span className={styles.color}>
                      <TagMark color={color} />
                      {tagColorText[color]}
                    </span>
                  }
                />
              ))}
            </RadioGroup>
          </FormField>
          <TextField
            field="description"
            label={text.description}
            dir="auto"
            value={form.description}
            onChange={(description) => change({ description })}
          />
          {saveError && !isFieldError(saveError) && <ErrorNotice error={saveError} context={isNew ? text.addFailed : text.saveFailed} />}
        </SubmitForm>
      </ValidationProvider>
    </AppDialog>
  );
}

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  colors: { display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(112px, 1fr))' },
  color: { display: 'inline-flex', alignItems: 'center', columnGap: tokens.spacingHorizontalXS },
});
