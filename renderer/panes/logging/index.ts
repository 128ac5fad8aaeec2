export { LoggingPane as default } from './LoggingPane.tsx';
