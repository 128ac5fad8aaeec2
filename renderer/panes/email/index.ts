export { EmailPane as default } from './EmailPane.tsx';
