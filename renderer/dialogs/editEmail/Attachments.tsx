import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { useRef } from 'react';
import { editEmailText as text } from '../../i18n/en/editEmail.ts';
import { mailViewText } from '../../i18n/en/emailContent.ts';
import type { FormAttachment } from './editEmail.store.ts';

interface AttachmentsProps {
  readonly attachments: readonly FormAttachment[];
  readonly isAdding: boolean;
  onAdd(file: File): void;
  onRemove(index: number): void;
}

/** The files that go with a mail. */
export function Attachments({ attachments, isAdding, onAdd, onRemove }: AttachmentsProps) {
  const styles = useStyles();
  const input = useRef<HTMLInputElement>(null);
  const browse = useRef<HTMLButtonElement>(null);
  return (
    <div className={styles.root}>
      {attachments.map(({ name, bytes }, index) => (
        <span key={`${index} ${name}`} className={styles.file}>
          <bdi>{name}</bdi> ({mailViewText.bytes(bytes)})
          <Button
            size="small"
            appearance="subtle"
            icon={<DismissRegular />}
            aria-label={text.remove(name)}
            onClick={() => {
              onRemove(index);
              // What had the focus is gone.
              browse.current?.focus();
            }}
          />
        </span>
      ))}
      <Button ref={browse} name="attachments" size="small" disabledFocusable={isAdding} onClick={() => input.current?.click()}>
        {isAdding ? text.addingFile : text.addFile}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) onAdd(file);
          // So that the same file can be chosen again.
          target.value = '';
        }}
      />
    </div>
  );
}

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
    rowGap: tokens.spacingVerticalXXS,
  },
  file: { display: 'inline-flex', alignItems: 'center', columnGap: tokens.spacingHorizontalXS, overflowWrap: 'anywhere' },
});
