export { StatusPane as default } from './StatusPane.tsx';
