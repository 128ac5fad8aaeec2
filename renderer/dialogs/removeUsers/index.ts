export { RemoveUsersDialog as default } from './RemoveUsersDialog.tsx';
