import { Input, Select, makeStyles, tokens } from '@fluentui/react-components';
import {
  companyDefault,
  editUserText as text,
  expirationText,
  fieldNames,
  historyText,
  lengthText,
  whenDisabledText,
  yesNoText,
} from '../../i18n/en/editUser.ts';
import { languageCodes, languageText } from '../../i18n/en/importDialog.ts';
import { FormField, TextField } from '../../ui/FormField.tsx';
import { useEditor } from './editor.ts';
import { OwnChoice } from './OwnChoice.tsx';
import { PhoneFields } from './PhoneFields.tsx';

const yesNo = [true, false] as const;
const lengths = [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16] as const;
const histories = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;

/** What a user has for himself instead of what Company Settings say (reference §2.2). */
export function AdvancedTab() {
  const styles = useStyles();
  const { form, company, change } = useEditor();
  const { userDefaults, pinRules } = company;
  return (
    <div className={styles.root}>
      <TextField
        field="description"
        label={text.label(fieldNames.description)}
        size="small"
        dir="auto"
        value={form.description}
        onChange={(description) => change({ description })}
      />
      <h3 className={styles.heading}>{text.phoneHeading}</h3>
      <PhoneFields phone="backupPhone" extension="backupExtension" countryLabel={text.backupCountryCode} />
      <OwnChoice
        field="canChangePhone"
        value={form.canChangePhone}
        company={userDefaults.canChangePhone}
        options={yesNo}
        words={yesNoText}
        onChange={(canChangePhone) => change({ canChangePhone })}
      />
      <OwnChoice
        field="keepPhoneSynced"
        value={form.keepPhoneSynced}
        company={userDefaults.keepPhoneSynced}
        options={yesNo}
        words={yesNoText}
        onChange={(keepPhoneSynced) => change({ keepPhoneSynced })}
      />
      <OwnChoice
        field="whenDisabled"
        value={form.whenDisabled}
        company={company.whenDisabled}
        options={['succeed', 'fail']}
        words={whenDisabledText}
        onChange={(whenDisabled) => change({ whenDisabled })}
      />
      <h3 className={styles.heading}>{text.languagesHeading}</h3>
      <LanguageChoice field="languageCall" company={userDefaults.languages.call} />
      <LanguageChoice field="languageText" company={userDefaults.languages.text} />
      <LanguageChoice field="languageApp" company={userDefaults.languages.app} />
      <LanguageChoice field="languageOath" company={userDefaults.languages.oath} />
      <h3 className={styles.heading}>{text.pinHeading}</h3>
      <OwnChoice
        field="pinCanChange"
        value={form.pinCanChange}
        company={pinRules.canChange}
        options={yesNo}
        words={yesNoText}
        onChange={(pinCanChange) => change({ pinCanChange })}
      />
      <OwnChoice
        field="pinMinLength"
        value={form.pinMinLength}
        company={pinRules.minLength}
        options={lengths}
        words={lengthText}
        onChange={(pinMinLength) => change({ pinMinLength })}
      />
      <OwnChoice
        field="pinPreventWeak"
        value={form.pinPreventWeak}
        company={pinRules.preventWeak}
        options={yesNo}
        words={yesNoText}
        onChange={(pinPreventWeak) => change({ pinPreventWeak })}
      />
      <ExpirationChoice />
      <OwnChoice
        field="pinHistory"
        value={form.pinHistory}
        company={pinRules.history}
        options={histories}
        words={historyText}
        onChange={(pinHistory) => change({ pinHistory })}
      />
    </div>
  );
}

type LanguageField = 'languageCall' | 'languageText' | 'languageApp' | 'languageOath';

function LanguageChoice({ field, company }: { readonly field: LanguageField; readonly company: string }) {
  const { form, change } = useEditor();
  const value = form[field];
  const codes: readonly string[] = languageCodes;
  // A directory may have brought one that the list does not know.
  const offered = value === '' || codes.includes(value) ? codes : [value, ...codes];
  return (
    <FormField field={field} label={text.label(fieldNames[field])} size="small">
      <Select size="small" value={value} onChange={(_event, data) => change({ [field]: data.value })}>
        <option value="">{companyDefault(languageText(company))}</option>
        {offered.map((code) => (
          <option key={code} value={code}>
            {languageText(code)}
          </option>
        ))}
      </Select>
    </FormField>
  );
}

/** Days that nobody has chosen before have to be typed. */
const firstDays = '90';

function ExpirationChoice() {
  const styles = useStyles();
  const { form, company, change } = useEditor();
  const days = form.pinExpirationDays;
  const choice = days === null ? 'company' : days === '0' ? 'never' : 'days';
  return (
    <FormField field="pinExpirationDays" label={text.label(fieldNames.pinExpirationDays)} size="small">
      <div className={styles.days}>
        <Select
          size="small"
          aria-label={fieldNames.pinExpirationDays}
          value={choice}
          onChange={(_event, { value }) => change({ pinExpirationDays: value === 'company' ? null : value === 'never' ? '0' : firstDays })}
        >
          <option value="company">{companyDefault(expirationText(company.pinRules.expirationDays))}</option>
          <option value="never">{text.never}</option>
          <option value="days">{text.ownDays}</option>
        </Select>
        {choice === 'days' && (
          <Input
            size="small"
            className={styles.number}
            inputMode="numeric"
            aria-label={text.daysOf}
            contentAfter={text.days}
            value={days ?? ''}
            // An empty box is no choice of "never".
            onChange={(_event, { value }) => change({ pinExpirationDays: value === '0' ? '00' : value })}
          />
        )}
      </div>
    </FormField>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXS, maxWidth: '720px' },
  heading: {
    marginTop: tokens.spacingVerticalS,
    marginBottom: '0',
    fontSize: tokens.fontSizeBase300,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorBrandForeground1,
  },
  days: { display: 'flex', columnGap: tokens.spacingHorizontalS, '& > :first-child': { flexGrow: 1 } },
  number: { width: '120px' },
});
