export { SecurityQuestionsDialog as default } from './SecurityQuestionsDialog.tsx';
