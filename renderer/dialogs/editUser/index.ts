export { AddUserDialog } from './AddUserDialog.tsx';
export { EditUserDialog } from './EditUserDialog.tsx';
