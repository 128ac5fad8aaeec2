export { FilterUsersDialog as default } from './FilterUsersDialog.tsx';
