export { CheckEmailsDialog as default } from './CheckEmailsDialog.tsx';
