import { MessageBar, MessageBarBody, Tab, TabList, makeStyles, tokens } from '@fluentui/react-components';
import { useId, useState, type ComponentType, type KeyboardEvent } from 'react';
import { missingOf } from '../../../shared/users/completeness.ts';
import { editUserText as text, missingText } from '../../i18n/en/editUser.ts';
import { turnPage } from '../../ui/turnPage.ts';
import { AdministratorTab } from './AdministratorTab.tsx';
import { AdvancedTab } from './AdvancedTab.tsx';
import { DevicesTab } from './DevicesTab.tsx';
import { useEditor, type UserEditor } from './editor.ts';
import { GeneralTab } from './GeneralTab.tsx';
import { InfoTab } from './InfoTab.tsx';
import { OathTokenTab } from './OathTokenTab.tsx';
import { phoneValue, readPhone } from './phoneInput.ts';
import { SecurityQuestionsTab } from './SecurityQuestionsTab.tsx';
import { tabOf, type UserTab } from './tabOf.ts';
import { TagsTab } from './TagsTab.tsx';
import type { FormField } from './userForm.ts';

interface Page {
  readonly id: UserTab;
  readonly Component: ComponentType;
  /** Shows what belongs to a stored user: nothing for one who is being added. */
  readonly isOfStored?: boolean;
}

/** The pages of a user, in the order of the original product. */
const pages: readonly Page[] = [
  { id: 'general', Component: GeneralTab },
  { id: 'advanced', Component: AdvancedTab },
  { id: 'tags', Component: TagsTab },
  { id: 'administrator', Component: AdministratorTab },
  { id: 'devices', Component: DevicesTab, isOfStored: true },
  { id: 'token', Component: OathTokenTab, isOfStored: true },
  { id: 'questions', Component: QuestionsPage, isOfStored: true },
  { id: 'info', Component: InfoTab, isOfStored: true },
];

/** Heading, what is missing, and the pages of one user. `problems` are counted on the tabs where they are. */
export function UserTabs({ heading, problems }: { readonly heading: string; readonly problems: Iterable<FormField> }) {
  const styles = useStyles();
  const id = useId();
  const editor = useEditor();
  const [tab, setTab] = useState<UserTab>('general');
  const shown = pages.filter(({ isOfStored }) => !isOfStored || editor.user);
  const { Component } = shown.find((page) => page.id === tab) ?? shown[0]!;
  const wrong = [...problems].map(tabOf);
  const missing = missingIn(editor);

  function name(of: UserTab): string {
    const count = wrong.filter((one) => one === of).length;
    return count > 0 ? `${text.tabs[of]} (${count})` : text.tabs[of];
  }

  function onKeyDown(event: KeyboardEvent) {
    const ids = shown.map((page) => page.id);
    const next = turnPage(event, ids, tab, (page) => `${id}-${page}`);
    if (next) setTab(next);
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Keys for what the tabs inside do.
    <div className={styles.root} onKeyDown={onKeyDown}>
      <bdi className={styles.heading} title={heading}>
        {heading}
      </bdi>
      {editor.user && missing.length > 0 && (
        <MessageBar intent="warning" className={styles.missing}>
          <MessageBarBody>{missingText(missing)}</MessageBarBody>
        </MessageBar>
      )}
      <TabList
        size="small"
        className={styles.tabs}
        aria-label={text.tabsLabel}
        selectedValue={tab}
        onTabSelect={(_event, data) => setTab(data.value as UserTab)}
      >
        {shown.map((page) => (
          <Tab key={page.id} id={`${id}-${page.id}`} value={page.id} aria-controls={`${id}-panel`}>
            {name(page.id)}
          </Tab>
        ))}
      </TabList>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${tab}`} className={styles.panel}>
        <Component />
      </div>
    </div>
  );
}

function QuestionsPage() {
  const { user } = useEditor();
  return user && <SecurityQuestionsTab key={user.id} userId={user.id} />;
}

/** What the user would lack if the form were saved now. */
function missingIn({ form, user, before }: UserEditor) {
  const phone = phoneValue(form.phone);
  const isStored = user !== null && phone === before.phone;
  return missingOf({
    method: form.method,
    mode: form.modes[form.method],
    phone,
    phoneValid: isStored ? user.phoneValid : readPhone(form.phone) !== null,
    hasApp: (user?.devices.length ?? 0) > 0,
    hasToken: (user?.tokens.length ?? 0) > 0,
    hasPin: user?.hasPin === true || form.pin !== '',
  });
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', flex: '1 0 auto' },
  heading: {
    fontWeight: tokens.fontWeightSemibold,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    textAlign: 'left',
  },
  missing: { flexShrink: 0, marginTop: tokens.spacingVerticalXS },
  tabs: { flexWrap: 'wrap', marginLeft: `calc(0px - ${tokens.spacingHorizontalS})` },
  panel: { flex: '1 0 auto', paddingTop: tokens.spacingVerticalS, paddingBottom: tokens.spacingVerticalS },
});
