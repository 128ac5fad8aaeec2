import { makeStyles, Textarea, tokens } from '@fluentui/react-components';
import type { DirectorySettings } from '../../../shared/contract/directory.contract.ts';
import { directoryText as text, filterText } from '../../i18n/en/directory.ts';
import { FormField } from '../../ui/FormField.tsx';

type Filters = DirectorySettings['filters'];

interface FiltersTabProps {
  readonly filters: Filters;
  readonly defaults: Filters;
  onChange(filters: Filters): void;
}

/** What counts as a container, a security group and a user (reference §8.2). */
export function FiltersTab({ filters, defaults, onChange }: FiltersTabProps) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      <p className={styles.hint}>{text.filtersHint}</p>
      {(Object.keys(filterText) as (keyof Filters)[]).map((name) => (
        <FormField key={name} label={filterText[name]} field={`filters.${name}`} hint={`${text.filterDefault} ${defaults[name]}`}>
          <Textarea
            rows={2}
            spellCheck={false}
            value={filters[name]}
            textarea={{ className: styles.mono }}
            onChange={(_event, data) => onChange({ ...filters, [name]: data.value })}
          />
        </FormField>
      ))}
    </div>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  hint: { margin: '0', color: tokens.colorNeutralForeground3 },
  mono: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
});
