import { Field, Input, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { createContext, useContext, type ComponentProps, type FocusEvent } from 'react';

interface Validation {
  /** What is wrong, as a sentence, by field; only what is to be shown now. */
  readonly problems: ReadonlyMap<string, string>;
  /** Told when the focus leaves a field: from then on its problem is worth showing. */
  leave(field: string): void;
}

const ValidationContext = createContext<Validation>({ problems: new Map(), leave: () => {} });
export const ValidationProvider = ValidationContext.Provider;

interface FormFieldProps {
  readonly label: string;
  readonly field: string;
  readonly hint?: ComponentProps<typeof Field>['hint'];
  readonly isRequired?: boolean;
  readonly size?: ComponentProps<typeof Field>['size'];
  readonly className?: string;
  readonly children: ComponentProps<typeof Field>['children'];
}

/** A labelled control that says what is wrong with it once it was left. */
export function FormField({ label, field, hint, isRequired = false, size, className, children }: FormFieldProps) {
  const styles = useStyles();
  const { problem, onBlur } = useProblem(field);
  return (
    <Field
      label={size === 'small' ? denseLabel(label, styles.denseLabel) : label}
      orientation="horizontal"
      size={size}
      required={isRequired}
      className={mergeClasses(styles.field, className)}
      hint={hint}
      onBlur={onBlur}
      {...problemProps(problem)}
    >
      {children}
    </Field>
  );
}

/** Check boxes and radio buttons have no small label: beside them the label of a small field is of the usual size as well. */
function denseLabel(children: string, className: string) {
  return { children, className, size: 'medium' as const };
}

interface TextFieldProps extends Omit<FormFieldProps, 'children'> {
  readonly value: string;
  readonly placeholder?: string;
  readonly contentAfter?: ComponentProps<typeof Input>['contentAfter'];
  readonly isNumber?: boolean;
  readonly input?: ComponentProps<typeof Input>['input'];
  /** `auto` for names, which may run in either direction. */
  readonly dir?: 'auto';
  onChange(value: string): void;
}

/** The usual case: one line of text. */
export function TextField({ value, placeholder, contentAfter, isNumber = false, input, dir, onChange, ...field }: TextFieldProps) {
  return (
    <FormField {...field}>
      <Input
        value={value}
        spellCheck={false}
        autoComplete="off"
        placeholder={placeholder}
        contentAfter={contentAfter}
        size={field.size}
        dir={dir}
        input={input}
        inputMode={isNumber ? 'decimal' : undefined}
        onChange={(_event, data) => onChange(data.value)}
      />
    </FormField>
  );
}

/** A control that stands alone in a row of several: it gets its problem from here. */
export function useProblem(field: string): { problem: string | undefined; onBlur(event: FocusEvent): void } {
  const { problems, leave } = useContext(ValidationContext);
  return {
    problem: problems.get(field),
    // To a button of the field is not out of it; and a problem that appeared now would move the button away from under the click.
    onBlur: ({ currentTarget, relatedTarget }) => {
      if (!currentTarget.contains(relatedTarget)) leave(field);
    },
  };
}

/** The part of a `Field` that says what is wrong; nothing where all is well. */
export function problemProps(problem: string | undefined) {
  return problem === undefined ? {} : { validationState: 'error' as const, validationMessage: problem };
}

const useStyles = makeStyles({
  field: { gridTemplateColumns: '176px minmax(0, 1fr)' },
  denseLabel: { paddingTop: tokens.spacingVerticalXXS, paddingBottom: tokens.spacingVerticalXXS },
});
