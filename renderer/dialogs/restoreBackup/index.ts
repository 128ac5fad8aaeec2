export { RestoreBackupDialog as default } from './RestoreBackupDialog.tsx';
