export { SupportBundleDialog as default } from './SupportBundleDialog.tsx';
