const list = new Intl.ListFormat('en', { type: 'conjunction' });

/** Words for what two administrators change at once. Names are those of the fields. */
export const conflictText = {
  changedElsewhere: (names: readonly string[]) => `Somebody else has changed ${list.format(names)} meanwhile. The new values are shown.`,
  conflictElsewhere: (names: readonly string[]) => `Somebody else has changed ${list.format(names)} too.`,
  compare: 'Compare…',
  title: (subject: string) => `${subject} was changed meanwhile`,
  intro: 'While you were editing, somebody else has changed the same fields. Choose for each which value stays.',
  field: 'Field',
  mine: 'Yours',
  theirs: 'Theirs',
  before: 'Before',
  allMine: 'All yours',
  allTheirs: 'All theirs',
  alsoTaken: (names: readonly string[]) => `Changed by them alone, and kept: ${list.format(names)}.`,
  back: 'Back',
} as const;
