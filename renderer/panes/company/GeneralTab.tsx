import { MessageBar, MessageBarBody, Text, makeStyles, tokens } from '@fluentui/react-components';
import { useStore } from 'zustand';
import { textLanguages } from '../../../shared/texts/companyTexts.ts';
import { CountryCombobox } from '../../dialogs/editUser/CountryCombobox.tsx';
import { MethodChoice } from '../../dialogs/editUser/MethodFields.tsx';
import { companyText as text, settingName } from '../../i18n/en/company.ts';
import { editUserText } from '../../i18n/en/editUser.ts';
import { languageCodes } from '../../i18n/en/importDialog.ts';
import { FormField, TextField } from '../../ui/FormField.tsx';
import { Check, Choice } from './Choice.tsx';
import { useCompanyForm } from './companyForm.ts';
import { Section } from '../../ui/Section.tsx';

const outcomes = ['fail', 'succeed'] as const;
const lengths = [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16] as const;
const histories = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;

/** What new users get, the rules for PINs, and what holds where no second factor can be asked for (reference §5.1). */
export function GeneralTab() {
  const styles = useStyles();
  const { form, store, change } = useCompanyForm();
  const typeDays = useStore(store, (s) => s.typeDays);
  const { userDefaults, pinRules, texts, whenDisabled, whenInternetDown, defaultCountry } = form.settings;
  const { method, callMode, textMode, appMode, languages } = userDefaults;

  return (
    <div className={styles.root}>
      <div className={styles.fields}>
        <Choice path="whenInternetDown" value={whenInternetDown} options={outcomes} />
        <Choice path="whenDisabled" value={whenDisabled} options={outcomes} />
        {whenDisabled === 'succeed' && (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>{text.disabledSucceeds}</MessageBarBody>
          </MessageBar>
        )}
      </div>
      <Section title={text.userDefaults} hint={text.userDefaultsHint}>
        <MethodChoice
          value={{ method, modes: { call: callMode, text: textMode, app: appMode, oath: 'token' } }}
          onChange={({ method: chosen, modes }) => {
            if (chosen) change('userDefaults.method', chosen);
            if (!modes) return;
            if (modes.call !== callMode) change('userDefaults.callMode', modes.call);
            if (modes.text !== textMode) change('userDefaults.textMode', modes.text);
            if (modes.app !== appMode) change('userDefaults.appMode', modes.app);
          }}
        />
        <div className={styles.checks}>
          <Check path="userDefaults.globalServices" isChecked={userDefaults.globalServices} />
          <Check path="userDefaults.canChangePhone" isChecked={userDefaults.canChangePhone} />
          <Check path="userDefaults.keepPhoneSynced" isChecked={userDefaults.keepPhoneSynced} />
          {userDefaults.canChangePhone && userDefaults.keepPhoneSynced && (
            <Text size={200} className={styles.hint}>
              {text.syncHint}
            </Text>
          )}
        </div>
        <FormField field="defaultCountry" label={editUserText.label(settingName('defaultCountry'))} size="small">
          <CountryCombobox value={defaultCountry} onChange={(country) => change('defaultCountry', country)} />
        </FormField>
      </Section>
      <Section title={text.languages}>
        <Choice path="userDefaults.languages.call" value={languages.call} options={withOwn(languageCodes, languages.call)} />
        <Choice
          path="userDefaults.languages.text"
          value={languages.text}
          options={withOwn(textLanguages(texts, 'textMessage'), languages.text)}
        />
        <Choice path="userDefaults.languages.app" value={languages.app} options={withOwn(languageCodes, languages.app)} />
        <Choice
          path="userDefaults.languages.oath"
          value={languages.oath}
          options={withOwn(textLanguages(texts, 'oathToken'), languages.oath)}
        />
      </Section>
      <Section title={text.pinRules}>
        <div className={styles.checks}>
          <Check path="pinRules.canChange" isChecked={pinRules.canChange} />
          <Check path="pinRules.preventWeak" isChecked={pinRules.preventWeak} />
        </div>
        <Choice path="pinRules.minLength" value={pinRules.minLength} options={lengths} />
        <TextField
          field="pinRules.expirationDays"
          label={editUserText.label(settingName('pinRules.expirationDays'))}
          hint={text.daysHint}
          size="small"
          isNumber
          value={form.days}
          contentAfter={text.days}
          onChange={typeDays}
        />
        <Choice path="pinRules.history" value={pinRules.history} options={histories} />
      </Section>
    </div>
  );
}

/** A script may have chosen a language that the list does not know. */
function withOwn(codes: readonly string[], own: string): readonly string[] {
  return codes.includes(own) ? codes : [own, ...codes];
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS, maxWidth: '720px' },
  fields: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXS },
  checks: { display: 'flex', flexDirection: 'column', marginLeft: `calc(0px - ${tokens.spacingHorizontalS})` },
  hint: { color: tokens.colorNeutralForeground3, marginLeft: '32px' },
});
