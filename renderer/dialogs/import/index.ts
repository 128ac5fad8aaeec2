export { ImportDialog as default } from './ImportDialog.tsx';
