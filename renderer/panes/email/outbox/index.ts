export { OutboxTab as default } from './OutboxTab.tsx';
