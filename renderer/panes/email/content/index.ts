export { ContentTab as default } from './ContentTab.tsx';
