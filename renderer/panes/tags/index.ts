export { TagsPane as default } from './TagsPane.tsx';
