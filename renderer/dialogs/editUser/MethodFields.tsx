import { Radio, RadioGroup, Select, makeStyles, tokens } from '@fluentui/react-components';
import { methods, type Method, type Mode } from '../../../shared/contract/users.contract.ts';
import { editUserText as text } from '../../i18n/en/editUser.ts';
import { useEditor } from './editor.ts';
import { textMode, textModeOf, type UserForm } from './userForm.ts';

/** The method of the user who is edited. */
export function MethodFields() {
  const { form, change } = useEditor();
  return <MethodChoice value={form} onChange={change} />;
}

interface MethodChoiceProps {
  readonly value: Pick<UserForm, 'method' | 'modes'>;
  onChange(change: Partial<Pick<UserForm, 'method' | 'modes'>>): void;
}

/** One method, and for each its modes, as the original product shows them (reference §2.3). */
export function MethodChoice({ value: { method: chosen, modes }, onChange }: MethodChoiceProps) {
  const styles = useStyles();
  const setMode = (method: Method, mode: Mode) => onChange({ modes: { ...modes, [method]: mode } });
  const { way, pin } = textModeOf(modes.text);

  return (
    <RadioGroup
      aria-label={text.methodsLabel}
      className={styles.root}
      value={chosen}
      onChange={(_event, data) => onChange({ method: data.value as Method })}
    >
      {methods.map((method) => (
        <div key={method} className={styles.row}>
          <Radio className={styles.radio} value={method} label={text.methods[method]} />
          {(method === 'call' || method === 'app') && (
            <Select
              size="small"
              aria-label={text.modeOf(text.methods[method])}
              disabled={chosen !== method}
              value={modes[method]}
              onChange={(_event, data) => setMode(method, data.value as Mode)}
            >
              {(['standard', 'pin'] as const).map((mode) => (
                <option key={mode} value={mode}>
                  {text.plainModes[mode]}
                </option>
              ))}
            </Select>
          )}
          {method === 'text' && (
            <>
              <Select
                size="small"
                aria-label={text.textWay}
                disabled={chosen !== 'text'}
                value={way}
                onChange={(_event, data) => setMode('text', textMode(data.value as typeof way, pin))}
              >
                {(['one-way', 'two-way'] as const).map((one) => (
                  <option key={one} value={one}>
                    {text.textWays[one]}
                  </option>
                ))}
              </Select>
              <Select
                size="small"
                aria-label={text.textCode}
                disabled={chosen !== 'text'}
                value={pin ? 'pin' : 'otp'}
                onChange={(_event, data) => setMode('text', textMode(way, data.value === 'pin'))}
              >
                {(['otp', 'pin'] as const).map((one) => (
                  <option key={one} value={one}>
                    {text.textCodes[one]}
                  </option>
                ))}
              </Select>
            </>
          )}
        </div>
      ))}
    </RadioGroup>
  );
}

const useStyles = makeStyles({
  root: { rowGap: '0' },
  row: {
    display: 'grid',
    gridTemplateColumns: `calc(176px - ${tokens.spacingHorizontalS}) minmax(0, 168px) minmax(0, 168px)`,
    columnGap: tokens.spacingHorizontalS,
    alignItems: 'center',
    minHeight: '32px',
  },
  radio: { marginLeft: `calc(0px - ${tokens.spacingHorizontalS})` },
});
