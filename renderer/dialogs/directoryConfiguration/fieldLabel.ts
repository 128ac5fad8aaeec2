import { checksText } from '../../i18n/en/checks.ts';
import { attributeText, directoryText as text, filterText, timeoutText } from '../../i18n/en/directory.ts';
import type { FieldPath } from './settingsForm.ts';

export type ConfigurationTab = 'settings' | 'filters' | 'attributes';

/** The tab on which a field lies. */
export function tabOf(field: FieldPath): ConfigurationTab {
  if (field.startsWith('filters.')) return 'filters';
  return field.startsWith('attributes.') ? 'attributes' : 'settings';
}

/** The name of a field as its label spells it, for the summary. */
export function fieldLabel(field: FieldPath): string {
  const [first = '', second = '', third = ''] = field.split('.');
  const named: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    filters: filterText,
    attributes: attributeText,
    timeouts: timeoutText,
  };
  const label = first === 'servers' ? serverLabel(Number(second), third) : (named[first]?.[second] ?? settingLabels[first] ?? field);
  return label.replace(/:$/, '');
}

function serverLabel(index: number, part: string): string {
  if (part === 'port') return text.portOf(index);
  return part === 'security' ? text.securityOf(index) : text.hostOf(index);
}

const settingLabels: Readonly<Record<string, string>> = {
  baseDn: text.baseDn,
  bindDn: text.bindDn,
  caPem: checksText.caPem,
  pageSize: text.pageSize,
  defaultCountry: text.country,
  allowPlainText: text.allowPlain,
  pins: checksText.pins,
};
