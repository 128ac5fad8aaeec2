import { Combobox, Option, makeStyles, type ComboboxProps } from '@fluentui/react-components';
import { useRef, useState } from 'react';
import { fold } from '../../../shared/lib/fold.ts';
import { editUserText as text } from '../../i18n/en/editUser.ts';
import { countries, countryOf, type Country } from './phoneInput.ts';

interface CountryComboboxProps extends Omit<ComboboxProps, 'value' | 'onChange'> {
  /** ISO 3166-1 alpha-2 */
  readonly value: string;
  onChange(country: string): void;
}

/** “United States & Canada +1”; finds a country by any part of its name, its two letters or its calling code. */
export function CountryCombobox({ value, onChange, ...field }: CountryComboboxProps) {
  const styles = useStyles();
  const [typed, setTyped] = useState<string | null>(null);
  const active = useRef<string | undefined>(undefined);
  const found = typed === null ? countries : search(typed);

  return (
    <Combobox
      {...field}
      size="small"
      className={styles.root}
      listbox={{ className: styles.list }}
      value={typed ?? nameOf(countryOf(value))}
      selectedOptions={[value]}
      // What is typed beside the name that stands there is meant instead of it.
      onChange={({ target }) => setTyped(typed === null ? target.value.replace(nameOf(countryOf(value)), '') : target.value)}
      onActiveOptionChange={(_event, { nextOption }) => (active.current = nextOption?.value)}
      onKeyDown={({ key }) => {
        if (typed === null || (key !== 'Enter' && key !== 'Tab') || found.length === 0) return;
        // What was typed is a choice, whether or not the list had the time to mark it.
        onChange((found.find(({ code }) => code === active.current) ?? found[0]!).code);
        setTyped(null);
      }}
      onOptionSelect={(_event, { optionValue }) => {
        // Typing takes the selection away, which chooses nothing.
        if (!optionValue) return;
        setTyped(null);
        if (optionValue !== value) onChange(optionValue);
      }}
      onOpenChange={(_event, { open }) => {
        if (!open) setTyped(null);
      }}
      onFocus={(event) => event.currentTarget.select()}
    >
      {found.map((country) => (
        <Option key={country.code} value={country.code} text={nameOf(country)}>
          {nameOf(country)}
        </Option>
      ))}
      {found.length === 0 && (
        <Option disabled value="" text="">
          {text.noCountry}
        </Option>
      )}
    </Combobox>
  );
}

function nameOf({ name, callingCode }: Country): string {
  return text.country(name, callingCode);
}

/** Those that begin with what was typed come first. */
function search(typed: string): readonly Country[] {
  const wanted = fold(typed.trim());
  const digits = wanted.replace(/^(?:\+|00)/, '');
  if (/^\d+$/.test(digits)) return countries.filter(({ callingCode }) => callingCode.startsWith(digits));
  const found = countries.filter((country) => fold(nameOf(country)).includes(wanted) || country.code.toLowerCase() === wanted);
  const isFirst = (country: Country) => fold(country.name).startsWith(wanted) || country.code.toLowerCase() === wanted;
  return [...found.filter(isFirst), ...found.filter((country) => !isFirst(country))];
}

const useStyles = makeStyles({ root: { minWidth: '0' }, list: { maxHeight: '320px' } });
