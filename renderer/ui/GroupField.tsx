import { Field, Input, Radio, RadioGroup } from '@fluentui/react-components';
import type { GroupRef } from '../../shared/activation/protocol.ts';
import { activationText as text } from '../i18n/en/activation.ts';

interface GroupFieldProps {
  readonly groups: readonly GroupRef[];
  /** Id of the group to join; empty: a new one. */
  readonly groupId: string;
  readonly groupName: string;
  readonly className?: string;
  onChange(change: { groupId?: string; groupName?: string }): void;
}

/** Which group of servers to join, or how the one is called that is to be created. */
export function GroupField({ groups, groupId, groupName, className, onChange }: GroupFieldProps) {
  const look = className === undefined ? {} : { className };
  return (
    <>
      <Field label={text.groupQuestion} orientation="horizontal" {...look}>
        <RadioGroup value={groupId || 'new'} onChange={(_event, { value }) => onChange({ groupId: value === 'new' ? '' : value })}>
          {groups.map(({ id, name, servers }) => (
            <Radio key={id} value={id} label={text.joinGroup(name, servers)} />
          ))}
          <Radio value="new" label={text.createGroup} />
        </RadioGroup>
      </Field>
      {groupId === '' && (
        <Field label={text.groupName} orientation="horizontal" {...look}>
          <Input value={groupName} maxLength={64} autoComplete="off" onChange={(_event, { value }) => onChange({ groupName: value })} />
        </Field>
      )}
    </>
  );
}
