export { AddTokenDialog } from './AddTokenDialog.tsx';
export { AssignTokenDialog } from './AssignTokenDialog.tsx';
export { EditTokenDialog } from './EditTokenDialog.tsx';
export { RemoveTokensDialog } from './RemoveTokensDialog.tsx';
export { ResyncTokenDialog } from './ResyncTokenDialog.tsx';
export { UnassignTokenDialog } from './UnassignTokenDialog.tsx';
