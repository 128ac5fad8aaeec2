export { ChangeUsersDialog as default } from './ChangeUsersDialog.tsx';
