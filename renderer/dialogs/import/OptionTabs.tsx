import { Checkbox, Field, makeStyles, Radio, RadioGroup, Select, Tab, TabList, tokens } from '@fluentui/react-components';
import { useId, useState } from 'react';
import { useStore, type StoreApi } from 'zustand';
import type { PhoneType } from '../../../shared/contract/directory.contract.ts';
import { methods, modesOf, type Method, type Mode } from '../../../shared/contract/users.contract.ts';
import { needsPin } from '../../../shared/users/completeness.ts';
import {
  enableText,
  importDialogText as text,
  languageCodes,
  languageText,
  methodText,
  modeText,
  phoneText,
} from '../../i18n/en/importDialog.ts';
import { SendEmailChoice } from '../sendEmail/SendEmailChoice.tsx';
import { phonesOf, type ChooserStore } from './chooser.store.ts';
import { enablesNobody, type ImportOptions } from './importForm.ts';

type OptionTab = 'settings' | 'methods' | 'languages';

interface TabProps {
  readonly options: ImportOptions;
  onChange(change: Partial<ImportOptions>): void;
}

/** The lower half of the first page: what the import does with the users it finds. */
export function OptionTabs({ store }: { readonly store: StoreApi<ChooserStore> }) {
  const styles = useStyles();
  const panelId = useId();
  const [tab, setTab] = useState<OptionTab>('settings');
  const options = useStore(store, (s) => s.options);
  const directory = useStore(store, (s) => s.directory);
  const { changeOptions } = store.getState();

  return (
    <div className={styles.root}>
      <TabList size="small" selectedValue={tab} onTabSelect={(_event, data) => setTab(data.value as OptionTab)}>
        <Tab id={`${panelId}-settings`} value="settings" aria-controls={panelId}>
          {text.settings}
        </Tab>
        <Tab id={`${panelId}-methods`} value="methods" aria-controls={panelId}>
          {text.methodDefaults}
        </Tab>
        <Tab id={`${panelId}-languages`} value="languages" aria-controls={panelId}>
          {text.languageDefaults}
        </Tab>
      </TabList>
      <div id={panelId} role="tabpanel" aria-labelledby={`${panelId}-${tab}`} className={styles.panel}>
        {tab === 'settings' && <SettingsTab options={options} onChange={changeOptions} phones={phonesOf(directory)} />}
        {tab === 'methods' && <MethodsTab options={options} onChange={changeOptions} />}
        {tab === 'languages' && <LanguagesTab options={options} onChange={changeOptions} />}
      </div>
    </div>
  );
}

function SettingsTab({ options, onChange, phones }: TabProps & { readonly phones: readonly PhoneType[] }) {
  const styles = useStyles();
  const doesNothing = !options.addNew && !options.updateExisting;
  return (
    <>
      <div className={styles.line}>
        <Checkbox label={text.addNew} checked={options.addNew} onChange={(_event, { checked }) => onChange({ addNew: checked === true })} />
        <Checkbox
          label={text.updateExisting}
          checked={options.updateExisting}
          onChange={(_event, { checked }) => onChange({ updateExisting: checked === true })}
        />
        {doesNothing && <span role="alert">{text.nothingChosen}</span>}
      </div>
      <PhoneChoice label={text.importPhone} value={options.phone} phones={phones} onChange={(phone) => onChange({ phone })} />
      <PhoneChoice label={text.backup} value={options.backupPhone} phones={phones} onChange={(backupPhone) => onChange({ backupPhone })} />
      <div className={styles.enabled}>
        <Checkbox
          label={text.enabled}
          checked={options.enabled}
          onChange={(_event, { checked }) => onChange({ enabled: checked === true })}
        />
        <Select
          aria-label={text.enabledFor}
          disabled={!options.enabled}
          value={options.enableRule}
          onChange={(_event, data) => onChange({ enableRule: data.value as ImportOptions['enableRule'] })}
        >
          {Object.entries(enableText).map(([rule, words]) => (
            <option key={rule} value={rule}>
              {words}
            </option>
          ))}
        </Select>
        {enablesNobody(options) && (
          <span role="status" className={styles.consequence}>
            {text.nobodyEnabled}
          </span>
        )}
      </div>
      <SendEmailChoice value={options.sendEmail} onChange={(sendEmail) => onChange({ sendEmail })} />
    </>
  );
}

interface PhoneChoiceProps {
  readonly label: string;
  readonly value: PhoneType | null;
  readonly phones: readonly PhoneType[];
  onChange(value: PhoneType | null): void;
}

function PhoneChoice({ label, value, phones, onChange }: PhoneChoiceProps) {
  const styles = useStyles();
  return (
    <Field label={label} orientation="horizontal" className={styles.field}>
      <Select value={value ?? ''} onChange={(_event, data) => onChange(phones.find((type) => type === data.value) ?? null)}>
        <option value="">{text.none}</option>
        {phones.map((type) => (
          <option key={type} value={type}>
            {phoneText[type]}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function MethodsTab({ options, onChange }: TabProps) {
  const styles = useStyles();
  return (
    <>
      <p className={styles.hint} role="status">
        {needsPin(options.modes[options.method]) ? text.methodHintPin : text.methodHint}
      </p>
      <RadioGroup
        aria-label={text.methodDefaults}
        value={options.method}
        onChange={(_event, data) => onChange({ method: data.value as Method })}
        className={styles.methods}
      >
        {methods.map((method) => (
          <div key={method} className={styles.method}>
            <Radio value={method} label={methodText[method]} />
            {modesOf[method].length > 1 && (
              <Select
                aria-label={text.modeOf(methodText[method])}
                disabled={options.method !== method}
                value={options.modes[method]}
                onChange={(_event, data) => onChange({ modes: { ...options.modes, [method]: data.value as Mode } })}
              >
                {modesOf[method].map((mode) => (
                  <option key={mode} value={mode}>
                    {modeText[mode]}
                  </option>
                ))}
              </Select>
            )}
          </div>
        ))}
      </RadioGroup>
    </>
  );
}

function LanguagesTab({ options, onChange }: TabProps) {
  const styles = useStyles();
  const fields = [
    ['call', text.languageCall],
    ['text', text.languageText],
    ['app', text.languageApp],
    ['oath', text.languageOath],
  ] as const;
  return fields.map(([key, label]) => (
    <Field key={key} label={label} orientation="horizontal" className={styles.field}>
      <Select
        value={options.languages[key]}
        onChange={(_event, data) => onChange({ languages: { ...options.languages, [key]: data.value } })}
      >
        <option value="">{text.languageDefault}</option>
        {languageCodes.map((code) => (
          <option key={code} value={code}>
            {languageText(code)}
          </option>
        ))}
      </Select>
    </Field>
  ));
}

const useStyles = makeStyles({
  root: { flexShrink: 0 },
  panel: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalXS,
    minHeight: '144px',
    paddingTop: tokens.spacingVerticalS,
    maxWidth: '680px',
  },
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: tokens.spacingHorizontalL },
  // In line with the boxes of the check boxes.
  field: { gridTemplateColumns: '132px minmax(0, 1fr)', marginLeft: tokens.spacingHorizontalS },
  enabled: { display: 'grid', gridTemplateColumns: '140px minmax(0, 1fr)', alignItems: 'center' },
  methods: { rowGap: tokens.spacingVerticalXXS },
  method: { display: 'grid', gridTemplateColumns: '160px minmax(0, 240px)', alignItems: 'center', minHeight: '32px' },
  hint: { margin: '0', color: tokens.colorNeutralForeground3 },
  consequence: { gridColumn: '2', color: tokens.colorNeutralForeground2 },
});
