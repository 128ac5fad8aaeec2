import { Button, makeStyles, Select, tokens } from '@fluentui/react-components';
import { useStore, type StoreApi } from 'zustand';
import { attributeText, directoryText as text, uniqueIdTypeText } from '../../i18n/en/directory.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import type { ConfigurationStore } from './configuration.store.ts';
import { FormField, TextField } from '../../ui/FormField.tsx';
import { MappingSamples } from './MappingSamples.tsx';
import type { AttributesForm } from './settingsForm.ts';

interface AttributesTabProps {
  readonly store: StoreApi<ConfigurationStore>;
  readonly attributes: AttributesForm;
}

const required: readonly string[] = ['uniqueId', 'groupName', 'username', 'member'];

/** Which attribute each field comes from (reference §8.3), and what that brings for real users. */
export function AttributesTab({ store, attributes }: AttributesTabProps) {
  const styles = useStyles();
  const mapping = useStore(store, (s) => s.mapping);
  const { change, showSamples } = store.getState();
  const set = (patch: Partial<AttributesForm>) => change({ attributes: { ...attributes, ...patch } });
  const [first, ...others] = Object.keys(attributeText) as (keyof typeof attributeText)[];
  const field = (name: keyof typeof attributeText) => (
    <TextField
      key={name}
      label={attributeText[name]}
      field={`attributes.${name}`}
      isRequired={required.includes(name)}
      value={attributes[name]}
      onChange={(value) => set({ [name]: value })}
    />
  );

  return (
    <div className={styles.root}>
      <div className={styles.head}>
        <p className={styles.hint}>{text.attributesHint}</p>
        <Button className={styles.show} disabled={mapping.phase === 'asking'} onClick={() => void showSamples()}>
          {mapping.phase === 'asking' ? text.readingSamples : text.showSamples}
        </Button>
      </div>
      {mapping.phase === 'failed' && <ErrorNotice error={mapping.error} />}
      {mapping.phase === 'answered' && <MappingSamples mapping={mapping.answer} />}
      <div className={styles.fields}>
        {field(first!)}
        <FormField label={text.uniqueIdType} field="attributes.uniqueIdType">
          <Select
            value={attributes.uniqueIdType}
            onChange={(_event, data) => set({ uniqueIdType: data.value as AttributesForm['uniqueIdType'] })}
          >
            {Object.entries(uniqueIdTypeText).map(([type, words]) => (
              <option key={type} value={type}>
                {words}
              </option>
            ))}
          </Select>
        </FormField>
        {others.map(field)}
      </div>
    </div>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  head: { display: 'flex', columnGap: tokens.spacingHorizontalM, alignItems: 'flex-start', justifyContent: 'space-between' },
  hint: { margin: '0', color: tokens.colorNeutralForeground3 },
  show: { flexShrink: 0, whiteSpace: 'nowrap' },
  fields: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(360px, 1fr))',
    columnGap: tokens.spacingHorizontalXXL,
    rowGap: tokens.spacingVerticalS,
  },
});
