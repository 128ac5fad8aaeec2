export { CsvExportDialog as default } from './CsvExportDialog.tsx';
