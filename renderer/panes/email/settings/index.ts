export { SettingsTab as default } from './SettingsTab.tsx';
