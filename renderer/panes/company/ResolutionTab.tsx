import { Checkbox, Field, Radio, RadioGroup, makeStyles, tokens } from '@fluentui/react-components';
import type { UsernameResolution } from '../../../shared/contract/usernames.contract.ts';
import { companyText as text } from '../../i18n/en/company.ts';
import { useCompanyForm } from './companyForm.ts';
import { TryName } from './TryName.tsx';

const kinds: readonly UsernameResolution['kind'][] = ['sid', 'directory-id', 'exact'];

/** How the name that somebody enters leads to a user (reference §5.2). */
export function ResolutionTab() {
  const styles = useStyles();
  const { form, change } = useCompanyForm();
  const { kind, stripDomain } = form.settings.usernameResolution;
  return (
    <div className={styles.root}>
      <RadioGroup
        aria-label={text.resolutionLabel}
        className={styles.radios}
        value={kind}
        onChange={(_event, data) => change('usernameResolution.kind', data.value)}
      >
        {kinds.map((one) => (
          <Field key={one} hint={{ children: text.resolutionHints[one], className: styles.hint }}>
            <Radio value={one} label={text.resolutionKinds[one]} />
          </Field>
        ))}
      </RadioGroup>
      <Field hint={{ children: text.stripDomainHint, className: styles.hint }} className={styles.radios}>
        <Checkbox
          label={text.stripDomain}
          checked={stripDomain}
          onChange={(_event, data) => change('usernameResolution.stripDomain', data.checked === true)}
        />
      </Field>
      <TryName />
    </div>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM, maxWidth: '720px' },
  radios: { marginLeft: `calc(0px - ${tokens.spacingHorizontalS})` },
  hint: { marginTop: '0', marginLeft: '36px' },
});
