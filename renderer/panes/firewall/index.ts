export { FirewallPane as default } from './FirewallPane.tsx';
