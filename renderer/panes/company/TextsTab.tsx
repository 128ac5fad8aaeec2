import { Field, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { messagesOf, promptsOf, textLanguages, type TextGroup } from '../../../shared/texts/companyTexts.ts';
import { fallbackLanguage } from '../../../shared/texts/defaultTexts.ts';
import { messageKinds, promptKinds } from '../../../shared/texts/messageKinds.ts';
import { companyText as text } from '../../i18n/en/company.ts';
import { useProblem } from '../../ui/FormField.tsx';
import { LanguageSelect } from '../../ui/LanguageSelect.tsx';
import { useCompanyForm } from './companyForm.ts';
import { TextEditor } from './TextEditor.tsx';

/** What users are sent as text message, by language (reference §5.3). */
export function TextMessageTab() {
  return <TextsTab group="textMessage" />;
}

/** What users read where a code of an OATH token is asked for, by language (reference §5.4). */
export function OathTextTab() {
  return <TextsTab group="oathToken" />;
}

function TextsTab({ group }: { readonly group: TextGroup }) {
  const styles = useStyles();
  const { texts } = useCompanyForm().form.settings;
  const [language, setLanguage] = useState(fallbackLanguage);
  const { problem } = useProblem(`texts.${group}`);
  const known = textLanguages(texts, group);
  const shown: Readonly<Record<string, string>> = group === 'textMessage' ? messagesOf(texts, language) : promptsOf(texts, language);
  const kinds = group === 'textMessage' ? messageKinds : promptKinds;

  return (
    <div className={styles.root}>
      <Field
        label={text.language}
        size="small"
        orientation="horizontal"
        className={styles.language}
        validationMessage={problem}
        validationState={problem === undefined ? 'none' : 'error'}
      >
        <LanguageSelect
          value={language}
          known={known}
          knownLabel={text.languagesWithTexts}
          othersLabel={text.otherLanguages}
          onChange={setLanguage}
        />
      </Field>
      {kinds.map((kind) => (
        <TextEditor key={`${language} ${kind}`} group={group} language={language} kind={kind} value={shown[kind] ?? ''} />
      ))}
    </div>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM, maxWidth: '720px' },
  language: { gridTemplateColumns: '176px minmax(0, 1fr)' },
});
