import {
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Table,
  TableBody,
  TableCell,
  TableRow,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { changedPaths, leavesOf } from '../../../shared/company/settingPaths.ts';
import type { SavedCompany } from '../../../shared/contract/company.contract.ts';
import { companyText as text, savedMeanwhileText, settingName, settingValue } from '../../i18n/en/company.ts';
import { HeaderRow } from '../../ui/HeaderRow.tsx';
import { TheirsButtons } from '../../ui/SettingsFrame.tsx';
import { settingsOf, type CompanyForm } from './company.store.ts';

interface OtherSavedProps {
  readonly form: CompanyForm;
  readonly theirs: SavedCompany;
  onLoadTheirs(): void;
  onKeepMine(): void;
}

/** Somebody else saved while the form was edited: in what the two differ, and what may be done about it. */
export function OtherSaved({ form, theirs, onLoadTheirs, onKeepMine }: OtherSavedProps) {
  const styles = useStyles();
  const own = settingsOf(form);
  const [mine, other] = [leavesOf(own), leavesOf(theirs.settings)];
  const paths = changedPaths(own, theirs.settings);

  return (
    <section aria-label={text.differences} className={styles.root}>
      <MessageBar intent="warning" layout="multiline" role="alert">
        <MessageBarBody>
          <MessageBarTitle>{savedMeanwhileText(theirs)}</MessageBarTitle> {text.conflictText}{' '}
          {paths.length === 0 ? text.sameChanges : text.conflictHint}
        </MessageBarBody>
      </MessageBar>
      {paths.length > 0 && (
        <Table size="extra-small" aria-label={text.differences}>
          <HeaderRow headers={[text.field, text.mine, text.theirs]} />
          <TableBody>
            {paths.map((path) => (
              <TableRow key={path}>
                <TableCell className={styles.cell}>{settingName(path)}</TableCell>
                <TableCell className={styles.cell}>{settingValue(path, mine.get(path))}</TableCell>
                <TableCell className={styles.cell}>{settingValue(path, other.get(path))}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      <div className={styles.buttons}>
        <TheirsButtons onKeepMine={onKeepMine} onLoadTheirs={onLoadTheirs} />
      </div>
    </section>
  );
}

const useStyles = makeStyles({
  root: { flexShrink: 0, display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXS },
  cell: { overflowWrap: 'anywhere', paddingTop: tokens.spacingVerticalXXS, paddingBottom: tokens.spacingVerticalXXS },
  buttons: { display: 'flex', columnGap: tokens.spacingHorizontalS },
});
