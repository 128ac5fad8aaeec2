export { BypassDialog } from './BypassDialog.tsx';
export { BypassesDialog } from './BypassesDialog.tsx';
