/** Hands a file to the browser's download, or to the save dialog of the desktop. */
export function saveFile(fileName: string, type: string, parts: readonly BlobPart[]): void {
  const url = URL.createObjectURL(new Blob([...parts], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The download has its own reference by the time the click has been handled.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
