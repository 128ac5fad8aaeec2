export { DirectoryPane as default } from './DirectoryPane.tsx';
