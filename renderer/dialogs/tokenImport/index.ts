export { TokenImportDialog as default } from './TokenImportDialog.tsx';
