export { BackupsDialog as default } from './BackupsDialog.tsx';
