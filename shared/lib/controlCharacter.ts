/**
 * A control character or a separator of lines and paragraphs. In a header of a mail, a name of a file or a line of settings it would begin
 * something else (RFC 5322 section 2.2).
 */
// eslint-disable-next-line no-control-regex -- these are what is looked for
export const controlCharacter = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
