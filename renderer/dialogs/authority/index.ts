export { AuthorityDialog as default } from './AuthorityDialog.tsx';
