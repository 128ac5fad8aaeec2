import {
  BuildingFilled,
  BuildingRegular,
  KeyMultipleFilled,
  KeyMultipleRegular,
  MailFilled,
  MailRegular,
  OrganizationFilled,
  OrganizationRegular,
  PeopleFilled,
  PeopleRegular,
  DataPieFilled,
  DataPieRegular,
  DocumentTextFilled,
  DocumentTextRegular,
  ClipboardTaskListLtrFilled,
  ClipboardTaskListLtrRegular,
  ShieldTaskFilled,
  ShieldTaskRegular,
  TagMultipleFilled,
  TagMultipleRegular,
  bundleIcon,
  type FluentIcon,
} from '@fluentui/react-icons';
import { lazy, type ComponentType } from 'react';
import type { Access } from '../../shared/contract/define.ts';
import { shellText, type PaneId } from '../i18n/en/shell.ts';

export interface Pane {
  readonly id: PaneId;
  readonly title: string;
  readonly Icon: FluentIcon;
  readonly needs: Access;
  readonly Component: ComponentType;
}

/** The pane that the window opens with: its code is on its way before there is anything to draw. */
const readUsers = import('../panes/users/index.ts');

/** What the console shows, in this order. A new pane is one folder and one line here. */
export const panes: readonly Pane[] = [
  {
    id: 'status',
    title: shellText.panes.status,
    Icon: bundleIcon(DataPieFilled, DataPieRegular),
    needs: 'read',
    Component: lazy(() => import('../panes/status/index.ts')),
  },
  {
    id: 'users',
    title: shellText.panes.users,
    Icon: bundleIcon(PeopleFilled, PeopleRegular),
    needs: 'read',
    Component: lazy(() => readUsers),
  },
  {
    id: 'tokens',
    title: shellText.panes.tokens,
    Icon: bundleIcon(KeyMultipleFilled, KeyMultipleRegular),
    needs: 'read',
    Component: lazy(() => import('../panes/tokens/index.ts')),
  },
  {
    id: 'tags',
    title: shellText.panes.tags,
    Icon: bundleIcon(TagMultipleFilled, TagMultipleRegular),
    needs: 'read',
    Component: lazy(() => import('../panes/tags/index.ts')),
  },
  {
    id: 'company',
    title: shellText.panes.company,
    Icon: bundleIcon(BuildingFilled, BuildingRegular),
    needs: 'read',
    Component: lazy(() => import('../panes/company/index.ts')),
  },
  {
    id: 'email',
    title: shellText.panes.email,
    Icon: bundleIcon(MailFilled, MailRegular),
    needs: 'read',
    Component: lazy(() => import('../panes/email/index.ts')),
  },
  {
    id: 'directory',
    title: shellText.panes.directory,
    Icon: bundleIcon(OrganizationFilled, OrganizationRegular),
    needs: 'read',
    Component: lazy(() => import('../panes/directory/index.ts')),
  },
  {
    id: 'logging',
    title: shellText.panes.logging,
    Icon: bundleIcon(DocumentTextFilled, DocumentTextRegular),
    needs: 'read',
    Component: lazy(() => import('../panes/logging/index.ts')),
  },
  {
    id: 'firewall',
    title: shellText.panes.firewall,
    Icon: bundleIcon(ShieldTaskFilled, ShieldTaskRegular),
    needs: 'read',
    Component: lazy(() => import('../panes/firewall/index.ts')),
  },
  {
    id: 'requirements',
    title: shellText.panes.requirements,
    Icon: bundleIcon(ClipboardTaskListLtrFilled, ClipboardTaskListLtrRegular),
    needs: 'manage',
    Component: lazy(() => import('../panes/requirements/index.ts')),
  },
];

/** The pane that a new window shows: where the main job is done. */
export const firstPane: PaneId = 'users';
