export { CsvImportDialog as default } from './CsvImportDialog.tsx';
