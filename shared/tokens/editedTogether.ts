/** Facts of a token of which one says nothing without the other: whoever changes one has changed both. */
export const editedTogether = [['kind', 'interval']] as const;
