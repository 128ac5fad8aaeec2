import { Button, Field, Input, Text, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useStore } from 'zustand';
import { useClient } from '../../app/client.tsx';
import { companyText as text, resolutionText } from '../../i18n/en/company.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { problemProps } from '../../ui/FormField.tsx';
import { Section } from '../../ui/Section.tsx';
import { createTryNameStore } from './tryName.store.ts';

/** A name, and which user it means and why. */
export function TryName() {
  const styles = useStyles();
  const client = useClient();
  const [store] = useState(() => createTryNameStore(client));
  const { name, isAsking, isNameMissing, result, error } = useStore(store);
  const { type, find } = store.getState();
  const [answer, ...reasons] = result ? resolutionText(result) : [];

  return (
    <Section title={text.tryIt} hint={text.trySaved}>
      <div className={styles.row}>
        <Field label={text.tryName} size="small" className={styles.name} {...problemProps(isNameMissing ? text.tryNeedsName : undefined)}>
          <Input
            size="small"
            value={name}
            maxLength={512}
            dir="auto"
            spellCheck={false}
            autoComplete="off"
            onChange={(_event, data) => type(data.value)}
            onKeyDown={({ key }) => {
              if (key === 'Enter') void find();
            }}
          />
        </Field>
        <Button size="small" className={styles.button} disabledFocusable={isAsking} onClick={() => void find()}>
          {isAsking ? text.finding : text.find}
        </Button>
      </div>
      {error && <ErrorNotice error={error} context={text.tryFailed} />}
      <div role="status" className={styles.answer}>
        {answer !== undefined && (
          <Text weight="semibold">
            <bdi>{answer}</bdi>
          </Text>
        )}
        {reasons.map((reason) => (
          <bdi key={reason}>{reason}</bdi>
        ))}
      </div>
    </Section>
  );
}

const useStyles = makeStyles({
  row: { display: 'flex', alignItems: 'flex-start', columnGap: tokens.spacingHorizontalS },
  name: { flex: '1 1 0', maxWidth: '360px' },
  // Beside the box, below whose label it would otherwise not stand.
  button: { marginTop: '22px' },
  answer: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXXS, overflowWrap: 'anywhere' },
});
