export { RecycleBinDialog as default } from './RecycleBinDialog.tsx';
