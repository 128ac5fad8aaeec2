import type { ImportOutcome } from '../../../shared/contract/imports.contract.ts';

/** Numbers under which outcomes are stored. 4 stands for all of them in lists of reports that exist already. */
const numbers: Readonly<Record<ImportOutcome, number>> = { add: 0, update: 1, unchanged: 2, skipped: 3, error: 5 };
export const everyOutcome = 4;

export const outcomeNumber = (outcome: ImportOutcome): number => numbers[outcome];

const names = new Map(Object.entries(numbers).map(([name, number]) => [number, name as ImportOutcome]));

export const outcomeName = (number: number): ImportOutcome | undefined => names.get(number);
