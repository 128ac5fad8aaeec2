export { EditEmailDialog as default } from './EditEmailDialog.tsx';
