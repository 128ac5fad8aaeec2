import { makeStyles, tokens } from '@fluentui/react-components';
import type { Certificate, DirectoryServer } from '../../../shared/contract/directory.contract.ts';
import { stepText, testStateText } from '../../i18n/en/directory.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { StepList } from '../../ui/StepList.tsx';
import type { TestState } from './test.store.ts';

interface TestStepsProps {
  readonly state: TestState;
  /** Absent where nothing can be trusted from here. */
  onTrust?(server: Pick<DirectoryServer, 'host' | 'port'>, certificate: Certificate): void;
}

/** A test as it happens: what, how long, and for a failure what it means and what to do. */
export function TestSteps({ state, onTrust }: TestStepsProps) {
  const styles = useStyles();
  const steps = 'steps' in state ? state.steps : [];
  return (
    <>
      <p role="status" className={styles.status}>
        {testStateText(state)}
      </p>
      {state.phase === 'failed' && <ErrorNotice error={state.error} />}
      <StepList
        steps={steps.map(({ server, ...step }) => ({
          ...step,
          ...{ key: `${server.host}:${server.port} ${step.step}`, name: stepText[step.step], host: server.host, port: server.port },
        }))}
        {...(onTrust && { onTrust })}
      />
    </>
  );
}

const useStyles = makeStyles({
  status: { margin: '0', minHeight: tokens.lineHeightBase300, fontWeight: tokens.fontWeightSemibold },
});
