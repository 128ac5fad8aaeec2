export { TestUserDialog as default } from './TestUserDialog.tsx';
