/** What every tab of the Email pane gets. */
export interface EmailTabProps {
  /** Goes to another tab. */
  onTab(id: string): void;
}
