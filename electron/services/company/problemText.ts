import type { CompanyProblem } from '../../../shared/company/checkCompany.ts';
import type { TextProblem } from '../../../shared/texts/checkText.ts';

/** The problem as a sentence, for scripts and the log. The window has its own words in renderer/i18n. */
export function problemText(problem: CompanyProblem): string {
  const { field } = problem;
  switch (problem.kind) {
    case 'unknown-country':
      return `${field}: no country with phone numbers has this code.`;
    case 'language-without-texts':
      return `${field}: there are no texts in "${problem.language}".`;
    case 'too-many-languages':
      return `${field}: these are too many languages.`;
    case 'text':
      return `${field}: ${inText(problem.problem)}`;
  }
}

function inText(problem: TextProblem): string {
  switch (problem.kind) {
    case 'empty':
      return 'the text is empty.';
    case 'too-long':
      return `the text has ${problem.length} characters; ${problem.maxLength} are allowed.`;
    case 'control-character':
      return `there is a control character at position ${problem.at + 1}.`;
    case 'unknown-variable':
      return `there is no variable <$${problem.name}$> (position ${problem.at + 1}).`;
    case 'variable-not-allowed':
      return `<$${problem.name}$> cannot be used here (position ${problem.at + 1}).`;
    case 'variable-not-closed':
      return `the variable at position ${problem.at + 1} is not closed with $>.`;
    case 'variable-missing':
      return `the text must contain <$${problem.name}$>.`;
  }
}
