export { SendEmailsDialog as default } from './SendEmailsDialog.tsx';
