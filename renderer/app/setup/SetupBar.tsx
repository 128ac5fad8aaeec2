import { Button, Text, makeStyles, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled, DismissRegular } from '@fluentui/react-icons';
import { useEffect, useEffectEvent, useRef } from 'react';
import { z } from 'zod';
import { setupText as text } from '../../i18n/en/setup.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { usePreference } from '../../ui/preferences.tsx';
import { useOpenImport } from '../useOpenImport.ts';
import { useShell } from '../useShell.ts';
import { setupStepIds, type SetupStepId } from './setupSteps.ts';
import { useSetupDone } from './useSetupDone.ts';

const keptStep = z.enum(setupStepIds).nullable();

/** The Authentication Configuration Wizard: a bar above the panes, which it shows one after the other. Goes on where it was closed by accident. */
export function SetupBar() {
  const step = useShell((s) => s.setupStep);
  const show = useShell((s) => s.showSetup);
  const { value, isLoaded, set } = usePreference<SetupStepId | null>('setupStep', keptStep, null);

  const resume = useEffectEvent(() => {
    if (value !== null && step === null) show(value);
  });
  useEffect(() => {
    if (isLoaded) resume();
  }, [isLoaded]);
  const keep = useEffectEvent(() => set(step));
  const wasShown = useRef(false);
  useEffect(() => {
    if (step !== null || wasShown.current) keep();
    wasShown.current = step !== null;
  }, [step]);

  return step && <Steps step={step} onShow={show} />;
}

function Steps({ step, onShow }: { readonly step: SetupStepId; onShow(step: SetupStepId | null): void }) {
  const styles = useStyles();
  const done = useSetupDone(step);
  const openImport = useOpenImport();
  const at = setupStepIds.indexOf(step);
  const next = setupStepIds[at + 1] ?? null;
  const previous = setupStepIds[at - 1] ?? null;
  return (
    <section aria-label={text.title} className={styles.root}>
      <div className={styles.row}>
        <ol className={styles.steps}>
          {setupStepIds.map((id) => (
            <li key={id}>
              <Button
                size="small"
                appearance={id === step ? 'secondary' : 'subtle'}
                aria-current={id === step ? 'step' : undefined}
                aria-label={done.has(id) ? text.done(text.steps[id]) : undefined}
                icon={done.has(id) ? <CheckmarkCircleFilled className={styles.done} /> : undefined}
                onClick={() => onShow(id)}
              >
                {text.steps[id]}
              </Button>
            </li>
          ))}
        </ol>
        <Button
          size="small"
          appearance="subtle"
          icon={<DismissRegular />}
          aria-label={text.later}
          title={text.later}
          onClick={() => onShow(null)}
        />
      </div>
      <div className={styles.row}>
        <Text className={styles.advice} role="status">
          <strong>{text.step(at + 1, setupStepIds.length, text.steps[step])}.</strong> {text.advice[step]}
        </Text>
        <span className={styles.actions}>
          {step === 'import' && (
            <CommandButton calls="imports.start" onClick={() => void openImport()}>
              {text.import}
            </CommandButton>
          )}
          <Button disabledFocusable={previous === null} onClick={() => previous && onShow(previous)}>
            {text.previous}
          </Button>
          <Button appearance="primary" onClick={() => onShow(next)}>
            {next === null ? text.finish : text.next}
          </Button>
        </span>
      </div>
    </section>
  );
}

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalXS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusMedium,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  row: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', columnGap: tokens.spacingHorizontalM },
  steps: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalXXS, margin: '0', padding: '0', listStyleType: 'none' },
  done: { color: tokens.colorPaletteGreenForeground1 },
  advice: { minWidth: '0' },
  actions: { display: 'flex', flexShrink: 0, columnGap: tokens.spacingHorizontalS },
});
