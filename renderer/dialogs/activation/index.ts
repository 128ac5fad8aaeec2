export { ActivationDialog as default } from './ActivationDialog.tsx';
