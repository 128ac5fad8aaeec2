const number = new Intl.NumberFormat('en-US');

/** `12,345`: numbers in the texts of the command line. */
export const formatNumber = (value: number): string => number.format(value);
