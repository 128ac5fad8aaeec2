export { DirectoryConfigurationDialog as default } from './DirectoryConfigurationDialog.tsx';
