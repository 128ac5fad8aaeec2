import type { CsvField } from '../contract/fileImport.ts';
import { isFaithful, textLimits } from '../directory/mappingText.ts';
import type { PhoneParser } from '../phones/phoneParser.ts';
import type { Step } from './cellSteps.ts';

export interface PhoneTools {
  /** For rows that name no country. */
  readonly parsePhone: PhoneParser;
  /** Reads numbers as people of a country dial them: ISO 3166-1 alpha-2, a calling code or an English name. Null for what is no country. */
  phoneParserOf(country: string): PhoneParser | null;
}

interface PhoneFields {
  readonly phone: CsvField;
  readonly extension: CsvField;
  readonly country: CsvField;
}

/** Reference §2.2: digits, `,` for a pause, `*` and `#`. */
const dialledAfterwards = /^[\d,*#]*$/;

/**
 * A phone and its extension. A number of its own column is more exact than what stands behind the phone. What is no number
 * is in doubt: it stays where a user has it already, and nobody gets it.
 */
export function phoneStep(prefix: '' | 'backup_', fields: PhoneFields, tools: PhoneTools, clears: boolean): Step {
  const column = `${prefix}phone` as const;
  const extensionColumn = `${prefix}extension` as const;
  return {
    columns: [column, `${column}_valid`, extensionColumn],
    read(row, values) {
      const text = row.cell(fields.phone);
      const ownExtension = row.cell(fields.extension);
      if (ownExtension.length > textLimits.extension) row.error('text-too-long', fields.extension);
      else if (!dialledAfterwards.test(ownExtension)) row.doubt(extensionColumn, 'extension-not-valid', fields.extension);
      const clearedExtension = clears && row.has(fields.extension) ? '' : null;
      if (text === '') {
        const clearsPhone = clears && row.has(fields.phone);
        values.push(clearsPhone ? '' : null, clearsPhone ? 0 : null, ownExtension || (clearsPhone ? '' : clearedExtension));
        return;
      }
      const country = row.cell(fields.country);
      const parse = country === '' ? tools.parsePhone : tools.phoneParserOf(country);
      if (parse === null) row.error('country-not-known', fields.country);
      const found = parse?.(text) ?? null;
      if (found !== null) {
        values.push(found.e164, 1, ownExtension || found.extension || clearedExtension);
        return;
      }
      if (text.length > textLimits.phone) row.error('text-too-long', fields.phone);
      else if (!isFaithful(text) || /\p{Cc}/u.test(text)) row.error('text-control-characters', fields.phone, text.replace(/\p{Cc}/gu, '�'));
      else if (parse !== null) row.doubt(column, prefix === '' ? 'phone-not-valid' : 'backup-phone-not-valid', fields.phone);
      values.push(text, 0, ownExtension || clearedExtension);
    },
  };
}
