export { RequirementsPane as default } from './RequirementsPane.tsx';
