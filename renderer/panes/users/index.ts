export { UsersPane as default } from './UsersPane.tsx';
