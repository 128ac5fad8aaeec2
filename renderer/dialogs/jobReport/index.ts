export { JobReportDialog as default } from './JobReportDialog.tsx';
