import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { isAppError } from '../../../shared/contract/errors.ts';
import { useClient } from '../../app/client.tsx';
import { companyText } from '../../i18n/en/company.ts';

/** Stands over the list while Company Settings let disabled users authenticate. */
export function DisabledWarning() {
  const { company } = useClient();
  const [succeeds, setSucceeds] = useState(false);
  useEffect(() => {
    async function read() {
      try {
        setSucceeds((await company.get(null)).settings.whenDisabled === 'succeed');
      } catch (error) {
        // The pane Company Settings says why they cannot be read.
        if (!isAppError(error)) throw error;
      }
    }
    void read();
    return company.onChanged(() => void read());
  }, [company]);

  return (
    succeeds && (
      <MessageBar intent="warning">
        <MessageBarBody>{companyText.disabledSucceedsHere}</MessageBarBody>
      </MessageBar>
    )
  );
}
