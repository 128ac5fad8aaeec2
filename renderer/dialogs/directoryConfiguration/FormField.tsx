import { Field, Input, makeStyles } from '@fluentui/react-components';
import { createContext, useContext, type ComponentProps, type ReactElement } from 'react';
import { problemText } from '../../i18n/en/directory.ts';
import type { FieldPath, Problem } from './settingsForm.ts';

interface Validation {
  readonly problems: ReadonlyMap<FieldPath, Problem>;
  leave(field: FieldPath): void;
}

const ValidationContext = createContext<Validation>({ problems: new Map(), leave: () => {} });
export const ValidationProvider = ValidationContext.Provider;

interface FormFieldProps {
  readonly label: string;
  readonly field: FieldPath;
  readonly hint?: ComponentProps<typeof Field>['hint'];
  readonly isRequired?: boolean;
  readonly children: ReactElement;
}

/** A labelled control that says what is wrong with it once it was left. */
export function FormField({ label, field, hint, isRequired = false, children }: FormFieldProps) {
  const styles = useStyles();
  const { problems, leave } = useContext(ValidationContext);
  const problem = problems.get(field);
  return (
    <Field
      label={label}
      orientation="horizontal"
      required={isRequired}
      className={styles.field}
      hint={hint}
      onBlur={() => leave(field)}
      {...(problem === undefined ? {} : { validationState: 'error' as const, validationMessage: problemText(problem) })}
    >
      {children}
    </Field>
  );
}

interface TextFieldProps extends Omit<FormFieldProps, 'children'> {
  readonly value: string;
  readonly placeholder?: string;
  readonly contentAfter?: ComponentProps<typeof Input>['contentAfter'];
  readonly isNumber?: boolean;
  onChange(value: string): void;
}

/** The usual case: one line of text. */
export function TextField({ value, placeholder, contentAfter, isNumber = false, onChange, ...field }: TextFieldProps) {
  return (
    <FormField {...field}>
      <Input
        value={value}
        spellCheck={false}
        autoComplete="off"
        placeholder={placeholder}
        contentAfter={contentAfter}
        inputMode={isNumber ? 'decimal' : undefined}
        onChange={(_event, data) => onChange(data.value)}
      />
    </FormField>
  );
}

/** A control that stands alone in a row of several: its problem is shown by `ProblemLine`. */
export function useProblem(field: FieldPath): { problem: Problem | undefined; onBlur(): void } {
  const { problems, leave } = useContext(ValidationContext);
  return { problem: problems.get(field), onBlur: () => leave(field) };
}

const useStyles = makeStyles({
  field: { gridTemplateColumns: '176px minmax(0, 1fr)' },
});
