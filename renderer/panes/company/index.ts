export { CompanyPane as default } from './CompanyPane.tsx';
