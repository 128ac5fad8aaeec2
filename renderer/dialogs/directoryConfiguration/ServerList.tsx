import {
  Button,
  Checkbox,
  Field,
  Input,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Select,
  shorthands,
  tokens,
} from '@fluentui/react-components';
import { AddRegular, ArrowDownRegular, ArrowUpRegular, DeleteRegular } from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { securities, type Security } from '../../../shared/contract/directory.contract.ts';
import { directoryText as text, securityText } from '../../i18n/en/directory.ts';
import { problemProps, useProblem } from '../../ui/FormField.tsx';
import { emptyServer, moveBy, usesPlainText, withSecurity, type ServerForm, type SettingsForm } from './settingsForm.ts';

const mostServers = 8;

interface ServerListProps {
  readonly form: SettingsForm;
  onChange(change: Partial<SettingsForm>): void;
}

/** The servers in the order in which they are tried. */
export function ServerList({ form, onChange }: ServerListProps) {
  const styles = useStyles();
  const { servers } = form;
  const setServers = (changed: readonly ServerForm[]) => onChange({ servers: changed });

  return (
    <fieldset className={styles.root}>
      <legend className={styles.legend}>
        {text.servers} <span className={styles.hint}>{text.serversHint}</span>
      </legend>
      <div className={styles.rows}>
        {servers.map((server, index) => (
          <ServerRow
            key={index}
            index={index}
            server={server}
            isLast={index === servers.length - 1}
            isOnly={servers.length === 1}
            onChange={(changed) => setServers(servers.with(index, changed))}
            onMove={(by) => setServers(moveBy(servers, index, by))}
            onRemove={() => setServers(servers.toSpliced(index, 1))}
          />
        ))}
      </div>
      <Button
        size="small"
        icon={<AddRegular />}
        disabled={servers.length >= mostServers}
        onClick={() =>
          setServers([
            ...servers,
            servers.length > 0 ? { ...emptyServer, security: servers.at(-1)!.security, port: servers.at(-1)!.port } : emptyServer,
          ])
        }
      >
        {text.addServer}
      </Button>
      {usesPlainText(form) && (
        <PlainTextWarning isAllowed={form.allowPlainText} onAllow={(allowPlainText) => onChange({ allowPlainText })} />
      )}
    </fieldset>
  );
}

interface ServerRowProps {
  readonly index: number;
  readonly server: ServerForm;
  readonly isLast: boolean;
  readonly isOnly: boolean;
  onChange(server: ServerForm): void;
  onMove(by: -1 | 1): void;
  onRemove(): void;
}

function ServerRow({ index, server, isLast, isOnly, onChange, onMove, onRemove }: ServerRowProps) {
  const styles = useStyles();
  const host = useProblem(`servers.${index}.host`);
  const port = useProblem(`servers.${index}.port`);
  return (
    <div role="group" aria-label={`${text.host} ${index + 1}`} className={styles.row}>
      <Field className={styles.host} onBlur={host.onBlur} {...problemProps(host.problem)}>
        <Input
          aria-label={text.hostOf(index)}
          placeholder="dc1.contoso.com"
          spellCheck={false}
          autoComplete="off"
          value={server.host}
          onChange={(_event, data) => onChange({ ...server, host: data.value })}
        />
      </Field>
      <Field className={styles.port} onBlur={port.onBlur} {...problemProps(port.problem)}>
        <Input
          aria-label={text.portOf(index)}
          className={styles.portInput}
          input={{ size: 6 }}
          inputMode="numeric"
          value={server.port}
          onChange={(_event, data) => onChange({ ...server, port: data.value })}
        />
      </Field>
      <Select
        aria-label={text.securityOf(index)}
        value={server.security}
        onChange={(_event, data) => onChange(withSecurity(server, data.value as Security))}
      >
        {securities.map((security) => (
          <option key={security} value={security}>
            {securityText[security]}
          </option>
        ))}
      </Select>
      <div className={styles.buttons}>
        <IconButton name={text.moveUp(index)} icon={<ArrowUpRegular />} isDisabled={index === 0} onClick={() => onMove(-1)} />
        <IconButton name={text.moveDown(index)} icon={<ArrowDownRegular />} isDisabled={isLast} onClick={() => onMove(1)} />
        <IconButton name={text.removeServer(index)} icon={<DeleteRegular />} isDisabled={isOnly} onClick={onRemove} />
      </div>
    </div>
  );
}

function IconButton({ name, icon, isDisabled, onClick }: { name: string; icon: ReactElement; isDisabled: boolean; onClick(): void }) {
  return <Button appearance="subtle" icon={icon} aria-label={name} title={name} disabled={isDisabled} onClick={onClick} />;
}

function PlainTextWarning({ isAllowed, onAllow }: { readonly isAllowed: boolean; onAllow(isAllowed: boolean): void }) {
  const { problem, onBlur } = useProblem('allowPlainText');
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        {text.plainWarning}
        <Field onBlur={onBlur} {...problemProps(problem)}>
          <Checkbox label={text.allowPlain} checked={isAllowed} onChange={(_event, data) => onAllow(data.checked === true)} />
        </Field>
      </MessageBarBody>
    </MessageBar>
  );
}

const useStyles = makeStyles({
  root: {
    margin: '0',
    padding: '0',
    ...shorthands.borderStyle('none'),
    minWidth: '0',
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    rowGap: tokens.spacingVerticalS,
  },
  legend: { padding: '0', marginBottom: tokens.spacingVerticalXS, fontWeight: tokens.fontWeightSemibold },
  hint: { color: tokens.colorNeutralForeground3, fontWeight: tokens.fontWeightRegular },
  rows: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS, width: '100%' },
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: tokens.spacingHorizontalS },
  host: { flex: '1 1 200px' },
  port: { flex: '0 0 96px', minWidth: '0' },
  portInput: { width: '96px', minWidth: '0' },
  buttons: { display: 'flex' },
});
