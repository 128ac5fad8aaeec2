import { Button, Field, Textarea, makeStyles, tokens } from '@fluentui/react-components';
import { useRef } from 'react';
import { renderText } from '../../../shared/texts/checkText.ts';
import type { TextGroup } from '../../../shared/texts/companyTexts.ts';
import { messageLength } from '../../../shared/texts/messageLength.ts';
import { textRules, type MessageKind, type PromptKind, type TextVariable } from '../../../shared/texts/messageKinds.ts';
import { companyText as text, variableText } from '../../i18n/en/company.ts';
import { problemProps, useProblem } from '../../ui/FormField.tsx';
import { useCompanyForm } from './companyForm.ts';

interface TextEditorProps {
  readonly group: TextGroup;
  readonly language: string;
  readonly kind: MessageKind | PromptKind;
  /** The company's own text, or the one that stands in for it. */
  readonly value: string;
}

/** The contract takes no longer ones; the check says long before what is too much. */
const maxTyped = 4096;

/** One text with its variables, checked as it is typed. */
export function TextEditor({ group, language, kind, value }: TextEditorProps) {
  const styles = useStyles();
  const { form, change } = useCompanyForm();
  const area = useRef<HTMLTextAreaElement>(null);
  const path = `texts.${group}.${language}.${kind}`;
  const { problem } = useProblem(path);
  const written: Readonly<Partial<Record<string, string>>> | undefined = form.settings.texts[group][language];
  const isOwn = written?.[kind] !== undefined;
  const sample = renderText(value, { otp: '123456', application_name: text.applicationSample });

  function insert(name: TextVariable) {
    const { selectionStart: from, selectionEnd: to } = area.current!;
    const next = value.slice(0, from) + variableText(name) + value.slice(to);
    if (next.length > maxTyped) return;
    change(path, next);
    const caret = from + variableText(name).length;
    // After the new text is in the box.
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(caret, caret);
    });
  }

  return (
    <div className={styles.root}>
      <Field
        label={`${text.kinds[kind]}:`}
        size="small"
        hint={[
          isOwn ? text.ownText : text.shippedText,
          group === 'textMessage' && text.segments(messageLength(sample).segments),
          text.sample(sample),
        ]
          .filter(Boolean)
          .join(' ')}
        {...problemProps(problem)}
      >
        <Textarea
          size="small"
          resize="vertical"
          lang={language}
          dir="auto"
          value={value}
          ref={area}
          maxLength={maxTyped}
          onChange={(_event, data) => change(path, data.value)}
        />
      </Field>
      <div className={styles.buttons}>
        {textRules[group].allowed.map((name) => (
          <Button key={name} size="small" aria-label={text.insertInto(name, text.kinds[kind])} onClick={() => insert(name)}>
            {variableText(name)}
          </Button>
        ))}
        <Button
          size="small"
          appearance="subtle"
          aria-label={text.resetOf(text.kinds[kind])}
          disabledFocusable={!isOwn}
          onClick={() => change(path, undefined)}
        >
          {text.reset}
        </Button>
      </div>
    </div>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXS },
  buttons: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalS },
});
