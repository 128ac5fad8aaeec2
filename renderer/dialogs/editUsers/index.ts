export { EditUsersDialog as default } from './EditUsersDialog.tsx';
