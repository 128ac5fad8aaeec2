export { ImportEmailsDialog as default } from './ImportEmailsDialog.tsx';
