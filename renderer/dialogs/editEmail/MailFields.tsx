import { Field, Input, Select, Text, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useRef } from 'react';
import type { MailProblem } from '../../../shared/contract/mailProblem.ts';
import type { TemplateDetail } from '../../../shared/contract/mailTemplates.contract.ts';
import { mailFormats } from '../../../shared/email/templateContent.ts';
import { editEmailText as text } from '../../i18n/en/editEmail.ts';
import { languageText } from '../../i18n/en/importDialog.ts';
import { problemProps } from '../../ui/FormField.tsx';
import { LanguageSelect } from '../../ui/LanguageSelect.tsx';
import { Attachments } from './Attachments.tsx';
import { BodyEditor } from './BodyEditor.tsx';
import type { MailForm } from './editEmail.store.ts';

interface MailFieldsProps {
  readonly saved: TemplateDetail;
  readonly form: MailForm;
  readonly languages: readonly string[];
  /** When the form comes: the place of the problem has the focus, or the text where there is none. */
  readonly takesFocus: boolean;
  readonly place: MailProblem | undefined;
  readonly problems: readonly MailProblem[];
  readonly uploadProblem: string | null;
  readonly isUploading: boolean;
  onLanguage(language: string): void;
  onChange(part: Partial<MailForm>): void;
  onAddFile(file: File): void;
  onRemoveAttachment(index: number): void;
}

/** The form of a mail, in the order of the original product. */
export function MailFields({ saved, form, languages, takesFocus, place, problems, uploadProblem, isUploading, ...on }: MailFieldsProps) {
  const styles = useStyles();
  const root = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!takesFocus) return;
    const find = (name: string) => root.current?.querySelector<HTMLElement>(`[name="${name}"]`);
    const box = (place && find(place.field)) ?? find('body');
    // Before the focus comes, which scrolls to what is selected.
    if (place && (box instanceof HTMLInputElement || box instanceof HTMLTextAreaElement))
      box.setSelectionRange(place.at, place.at + place.length);
    box?.focus();
  }, [takesFocus, place]);
  const errorOf = (field: MailProblem['field']) => problems.find((one) => one.field === field && one.severity === 'error')?.text;
  const line = { size: 'small', orientation: 'horizontal', className: styles.field } as const;

  return (
    <section ref={root} aria-label={text.form} className={styles.root}>
      <div className={styles.type}>
        <Text size={200}>{text.type}</Text>
        <Text weight="semibold">{saved.title}</Text>
      </div>
      <Field
        {...line}
        label={text.language}
        hint={saved.origin === null ? text.notWritten(languageText(saved.contentLanguage)) : undefined}
      >
        <LanguageSelect
          value={saved.language}
          known={languages}
          knownLabel={text.languagesWithText}
          othersLabel={text.otherLanguages}
          onChange={on.onLanguage}
        />
      </Field>
      <Field {...line} label={text.format}>
        <Select
          size="small"
          value={form.format}
          onChange={(_event, data) => on.onChange({ format: mailFormats.find((format) => format === data.value) ?? form.format })}
        >
          {mailFormats.map((format) => (
            <option key={format} value={format}>
              {text.formats[format]}
            </option>
          ))}
        </Select>
      </Field>
      {(['from', 'cc', 'bcc', 'subject'] as const).map((name) => (
        <Field key={name} {...line} label={text[name]} {...problemProps(errorOf(name))}>
          <Input
            name={name}
            size="small"
            dir="auto"
            autoComplete="off"
            spellCheck={name === 'subject'}
            lang={name === 'subject' ? saved.language : undefined}
            placeholder={name === 'from' ? text.fromHint : undefined}
            value={form[name]}
            onChange={(_event, data) => on.onChange({ [name]: data.value })}
          />
        </Field>
      ))}
      <Field {...line} label={text.attachments} {...problemProps(uploadProblem ?? errorOf('attachments'))}>
        <div>
          <Attachments attachments={form.attachments} isAdding={isUploading} onAdd={on.onAddFile} onRemove={on.onRemoveAttachment} />
        </div>
      </Field>
      <BodyEditor
        value={form.body}
        language={saved.language}
        variables={saved.variables}
        problems={problems}
        onChange={(body) => on.onChange({ body })}
      />
    </section>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', flex: '1 1 0', minWidth: '0', overflowY: 'auto', rowGap: tokens.spacingVerticalXS },
  type: { display: 'grid', gridTemplateColumns: '96px minmax(0, 1fr)', alignItems: 'center' },
  field: { gridTemplateColumns: '96px minmax(0, 1fr)' },
});
