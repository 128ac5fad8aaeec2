/** What is staged of a cell. Null: the file does not say it, so the value stays, or is what new users get. */
export type StagedValue = string | number | null;
