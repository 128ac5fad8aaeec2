/** Words of every pane that is one form over settings of the server. */
export const settingsFormText = {
  tryAgain: 'Try again',
  commands: 'Commands',
  apply: 'Apply',
  applying: 'Applying…',
  applyKeys: 'Apply (Ctrl+S)',
  discard: 'Discard',
  saved: 'Changes applied.',
  unsaved: 'There are changes that are not applied.',
  loadTheirs: 'Load theirs',
  keepMine: 'Keep my changes',
  keptMine: 'Your changes stand on top of theirs now. Apply saves them.',
} as const;
