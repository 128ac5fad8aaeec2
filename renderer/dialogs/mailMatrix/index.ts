export { MailMatrixDialog as default } from './MailMatrixDialog.tsx';
