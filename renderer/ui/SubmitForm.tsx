import type { ReactNode } from 'react';

interface SubmitFormProps {
  /** For a button outside: `form={id}`. */
  readonly id?: string;
  readonly className?: string;
  readonly children: ReactNode;
  /** Enter in a field, or a button of type `submit`. The form says itself whether it is ready. */
  onSubmit(): void;
}

/** A form whose problems are said beside its fields. No page is loaded, and a form around the dialog it is in is not submitted. */
export function SubmitForm({ id, className, children, onSubmit }: SubmitFormProps) {
  return (
    <form
      id={id}
      className={className}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        // React passes events of a dialog on to what opened it.
        event.stopPropagation();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}
