import { Button, Field, Select, Tab, TabList, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useId, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { TemplateRef } from '../../../shared/contract/mailTemplates.contract.ts';
import { useClient } from '../../app/client.tsx';
import type { MatrixBegin } from '../../app/dialogs.store.ts';
import { languageText } from '../../i18n/en/importDialog.ts';
import { mailMatrixText as text } from '../../i18n/en/mailMatrix.ts';
import { AppDialog } from '../../ui/AppDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { createMailMatrixStore, languagesIn, matrixLooks } from './mailMatrix.store.ts';
import { MailTile } from './MailTile.tsx';

interface MailMatrixDialogProps {
  readonly begin: MatrixBegin;
  /** `now`: how the mails are shown, to come back to it. */
  onEdit(ref: TemplateRef, languages: readonly string[], now: MatrixBegin): void;
  onClose(): void;
}

/** All mails side by side, in one language and one look. */
export function MailMatrixDialog({ begin, onEdit, onClose }: MailMatrixDialogProps) {
  const styles = useStyles();
  const id = useId();
  const client = useClient();
  const [store] = useState(() => createMailMatrixStore(client, begin));
  const { templates, listError, language, look, mails } = useStore(store);
  const { follow, show, setLanguage, setLook } = store.getState();
  const area = useRef<HTMLDivElement>(null);
  useEffect(() => follow(), [follow]);

  return (
    <AppDialog
      title={text.title}
      sizeKey="mail-matrix"
      initialSize={{ width: 1480, height: 960 }}
      onClose={onClose}
      actions={<Button onClick={onClose}>{text.close}</Button>}
    >
      <div className={styles.choice}>
        <Field label={text.language} size="small" orientation="horizontal" className={styles.language}>
          <Select size="small" value={language} onChange={(_event, data) => setLanguage(data.value)}>
            {languagesIn(templates ?? []).map((code) => (
              <option key={code} value={code}>
                {languageText(code)}
              </option>
            ))}
          </Select>
        </Field>
        <TabList
          size="small"
          aria-label={text.looks}
          selectedValue={look}
          onTabSelect={(_event, data) => setLook(matrixLooks.find((name) => name === data.value) ?? look)}
        >
          {matrixLooks.map((name) => (
            <Tab key={name} id={`${id}-${name}`} value={name} aria-controls={`${id}-mails`}>
              {text.look[name]}
            </Tab>
          ))}
        </TabList>
      </div>
      {listError && <ErrorNotice error={listError} context={text.listFailed} />}
      {!templates && !listError && <p role="status">{text.loading}</p>}
      <div ref={area} id={`${id}-mails`} role="tabpanel" aria-labelledby={`${id}-${look}`} className={styles.mails}>
        {templates?.map((row) => (
          <MailTile
            key={row.id}
            title={row.title}
            language={language}
            look={look}
            shown={mails.get(row.id)}
            area={area}
            onWanted={() => void show(row.id)}
            onEdit={() =>
              onEdit(
                { template: row.id, language },
                row.languages.map((one) => one.language),
                { language, look },
              )
            }
          />
        ))}
      </div>
    </AppDialog>
  );
}

const useStyles = makeStyles({
  choice: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: tokens.spacingHorizontalL },
  language: { gridTemplateColumns: 'auto minmax(0, 1fr)', columnGap: tokens.spacingHorizontalS, width: '264px' },
  mails: {
    flex: '1 1 0',
    minHeight: '0',
    overflow: 'auto',
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, 340px)',
    gridAutoRows: 'max-content',
    justifyContent: 'center',
    alignItems: 'start',
    gap: tokens.spacingHorizontalL,
    paddingTop: tokens.spacingVerticalS,
  },
});
