export { MergeTagDialog } from './MergeTagDialog.tsx';
export { RemoveTagDialog } from './RemoveTagDialog.tsx';
export { TagDialog } from './TagDialog.tsx';
