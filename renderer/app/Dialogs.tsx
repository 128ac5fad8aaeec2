import { lazy, Suspense, useDeferredValue, useEffect } from 'react';
import { useDialogs } from './dialogs.store.ts';
import { PaneBoundary } from './PaneBoundary.tsx';
import { PaneHelpDialog } from './help/readPaneHelp.ts';
import { useShell } from './useShell.ts';

const ImportDialog = lazy(() => import('../dialogs/import/index.ts'));
const CsvImportDialog = lazy(() => import('../dialogs/csvImport/index.ts'));
const CsvExportDialog = lazy(() => import('../dialogs/csvExport/index.ts'));
const DirectoryConfigurationDialog = lazy(() => import('../dialogs/directoryConfiguration/index.ts'));
const JobReportDialog = lazy(() => import('../dialogs/jobReport/index.ts'));
const TestUserDialog = lazy(() => import('../dialogs/testUser/index.ts'));
const BypassDialog = lazy(async () => ({ default: (await import('../dialogs/bypass/index.ts')).BypassDialog }));
const BypassesDialog = lazy(async () => ({ default: (await import('../dialogs/bypass/index.ts')).BypassesDialog }));
const SecurityQuestionsDialog = lazy(() => import('../dialogs/securityQuestions/index.ts'));
/** By then the first rows are on the screen. */
const readAheadMs = 1_000;
const readEditUser = () => import('../dialogs/editUser/index.ts');
const AddUserDialog = lazy(async () => ({ default: (await readEditUser()).AddUserDialog }));
const EditUserDialog = lazy(async () => ({ default: (await readEditUser()).EditUserDialog }));
const FilterUsersDialog = lazy(() => import('../dialogs/filterUsers/index.ts'));
const EditUsersDialog = lazy(() => import('../dialogs/editUsers/index.ts'));
const SendEmailsDialog = lazy(() => import('../dialogs/sendEmail/index.ts'));
const RemoveUsersDialog = lazy(() => import('../dialogs/removeUsers/index.ts'));
const ChangeUsersDialog = lazy(() => import('../dialogs/changeUsers/index.ts'));
const RecycleBinDialog = lazy(() => import('../dialogs/recycleBin/index.ts'));
const AddTokenDialog = lazy(async () => ({ default: (await import('../dialogs/tokens/index.ts')).AddTokenDialog }));
const EditTokenDialog = lazy(async () => ({ default: (await import('../dialogs/tokens/index.ts')).EditTokenDialog }));
const AssignTokenDialog = lazy(async () => ({ default: (await import('../dialogs/tokens/index.ts')).AssignTokenDialog }));
const UnassignTokenDialog = lazy(async () => ({ default: (await import('../dialogs/tokens/index.ts')).UnassignTokenDialog }));
const ResyncTokenDialog = lazy(async () => ({ default: (await import('../dialogs/tokens/index.ts')).ResyncTokenDialog }));
const RemoveTokensDialog = lazy(async () => ({ default: (await import('../dialogs/tokens/index.ts')).RemoveTokensDialog }));
const TokenImportDialog = lazy(() => import('../dialogs/tokenImport/index.ts'));
const TagDialog = lazy(async () => ({ default: (await import('../dialogs/tags/index.ts')).TagDialog }));
const RemoveTagDialog = lazy(async () => ({ default: (await import('../dialogs/tags/index.ts')).RemoveTagDialog }));
const MergeTagDialog = lazy(async () => ({ default: (await import('../dialogs/tags/index.ts')).MergeTagDialog }));
const EditEmailDialog = lazy(() => import('../dialogs/editEmail/index.ts'));
const CheckEmailsDialog = lazy(() => import('../dialogs/checkEmails/index.ts'));
const ImportEmailsDialog = lazy(() => import('../dialogs/importEmails/index.ts'));
const MailMatrixDialog = lazy(() => import('../dialogs/mailMatrix/index.ts'));
const BackupsDialog = lazy(() => import('../dialogs/backups/index.ts'));
const RestoreBackupDialog = lazy(() => import('../dialogs/restoreBackup/index.ts'));
const SupportBundleDialog = lazy(() => import('../dialogs/supportBundle/index.ts'));
const ActivationDialog = lazy(() => import('../dialogs/activation/index.ts'));
const AuthorityDialog = lazy(() => import('../dialogs/authority/index.ts'));
const VaultDialog = lazy(async () => ({ default: (await import('./help/VaultDialog.tsx')).VaultDialog }));
const AboutDialog = lazy(async () => ({ default: (await import('./help/AboutDialog.tsx')).AboutDialog }));
const ShortcutsDialog = lazy(async () => ({ default: (await import('./help/ShortcutsDialog.tsx')).ShortcutsDialog }));

/** The one dialog that is open, if any. */
export function Dialogs() {
  useEffect(() => {
    // The dialog that is opened most: its code is there before it is wanted. One that could not be loaded is said when it is opened.
    const timer = setTimeout(() => void readEditUser().catch(() => undefined), readAheadMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <PaneBoundary>
      <Suspense>
        <CurrentDialog />
      </Suspense>
    </PaneBoundary>
  );
}

function CurrentDialog() {
  // Deferred, so that React waits for the code of a dialog instead of showing nothing in its place, which it would do for 300 ms
  // at least, however soon the code is there.
  const current = useDeferredValue(useDialogs((s) => s.current));
  const close = useDialogs((s) => s.close);
  const open = useDialogs((s) => s.open);
  const showImport = useShell((s) => s.showImport);
  const readDirectory = useShell((s) => s.readDirectory);

  function closeImport() {
    close();
    // The directory may have been configured from within.
    void readDirectory();
  }

  async function afterConfiguration(thenImport: boolean | undefined) {
    close();
    const settings = await readDirectory();
    if (thenImport && settings) open({ kind: 'import' });
  }

  switch (current?.kind) {
    case 'import':
      return <ImportDialog sample={current.sample} onClose={closeImport} onImported={showImport} />;
    case 'csv-import':
      return <CsvImportDialog onClose={close} onImported={showImport} />;
    case 'csv-export':
      return <CsvExportDialog shown={current.shown} onClose={close} />;
    case 'directory-configuration':
      return <DirectoryConfigurationDialog onClose={() => void afterConfiguration(current.thenImport)} />;
    case 'job-report':
      return <JobReportDialog jobId={current.jobId} onClose={close} onImported={showImport} />;
    case 'test-user':
      return <TestUserDialog id={current.id} onClose={close} />;
    case 'bypass':
      return <BypassDialog id={current.id} onClose={close} />;
    case 'bypasses':
      return <BypassesDialog onClose={close} />;
    case 'security-questions':
      return <SecurityQuestionsDialog onClose={close} />;
    case 'add-user':
      return <AddUserDialog onClose={close} />;
    case 'edit-user':
      return <EditUserDialog id={current.id} place={current.place} known={current.known} onClose={close} />;
    case 'filter-users':
      return <FilterUsersDialog filter={current.filter} onApply={current.onApply} onClose={close} />;
    case 'edit-users':
      return <EditUsersDialog selected={current.selected} onClose={close} />;
    case 'send-emails':
      return <SendEmailsDialog selected={current.selected} onClose={close} />;
    case 'resend-email':
      return <SendEmailsDialog template={current.template} onClose={close} />;
    case 'remove-users':
      return <RemoveUsersDialog selected={current.selected} onClose={close} />;
    case 'change-users':
      return <ChangeUsersDialog change={current.change} selected={current.selected} onClose={close} />;
    case 'recycle-bin':
      return <RecycleBinDialog onClose={close} />;
    case 'add-token':
      return <AddTokenDialog onClose={close} />;
    case 'edit-token':
      return <EditTokenDialog id={current.id} onClose={close} />;
    case 'assign-token':
      return <AssignTokenDialog id={current.id} onClose={close} />;
    case 'unassign-token':
      return <UnassignTokenDialog id={current.id} onClose={close} />;
    case 'resync-token':
      return <ResyncTokenDialog id={current.id} onClose={close} />;
    case 'remove-tokens':
      return <RemoveTokensDialog selected={current.selected} onClose={close} />;
    case 'import-tokens':
      return <TokenImportDialog onClose={close} />;
    case 'add-tag':
      return <TagDialog onClose={close} />;
    case 'edit-tag':
      return <TagDialog tag={current.tag} onClose={close} />;
    case 'remove-tag':
      return <RemoveTagDialog tag={current.tag} onClose={close} />;
    case 'merge-tag':
      return <MergeTagDialog tag={current.tag} onClose={close} />;
    case 'edit-email':
      return (
        <EditEmailDialog
          start={current.start}
          languages={current.languages}
          place={current.place}
          onMove={current.onMove}
          onClose={() => (current.back ? open(current.back) : close())}
        />
      );
    case 'check-emails':
      return <CheckEmailsDialog onGo={current.onGo} onClose={close} />;
    case 'import-emails':
      return <ImportEmailsDialog onClose={close} />;
    case 'mail-matrix':
      return <MailMatrixDialog begin={current.begin} onEdit={current.onEdit} onClose={close} />;
    case 'backups':
      return <BackupsDialog onClose={close} />;
    case 'restore-backup':
      return <RestoreBackupDialog file={current.file} onClose={() => open({ kind: 'backups' })} />;
    case 'support-bundle':
      return <SupportBundleDialog onClose={close} />;
    case 'activation':
      return <ActivationDialog onClose={close} />;
    case 'authority':
      return <AuthorityDialog onClose={close} />;
    case 'vault':
      return <VaultDialog onClose={close} />;
    case 'pane-help':
      return <PaneHelpDialog pane={current.pane} onClose={close} />;
    case 'about':
      return <AboutDialog onClose={close} />;
    case 'shortcuts':
      return <ShortcutsDialog onClose={close} />;
    case undefined:
      return null;
  }
}
