import {
  Button,
  Menu,
  MenuDivider,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  tokens,
  useArrowNavigationGroup,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { activationText } from '../i18n/en/activation.ts';
import { paneHelpText } from '../i18n/en/paneHelp.ts';
import { setupText } from '../i18n/en/setup.ts';
import { shellText } from '../i18n/en/shell.ts';
import { useDialogs } from './dialogs.store.ts';
import { regionAttribute } from './regions.ts';
import { useShell } from './useShell.ts';
import { useOpenImport } from './useOpenImport.ts';
import { themeChoice, type ThemeChoice } from './theme.ts';
import { CommandMenuItem } from '../ui/CommandButton.tsx';

interface MenuBarProps {
  readonly theme: ThemeChoice;
  onTheme(theme: ThemeChoice): void;
}

/** Only what works now is in the menus; what a pane cannot do is greyed. */
export function MenuBar({ theme, onTheme }: MenuBarProps) {
  const styles = useStyles();
  const arrows = useArrowNavigationGroup({ axis: 'horizontal' });
  const commands = useShell((s) => s.paneCommands);
  const isDesktop = useShell((s) => s.server?.host === 'desktop');
  const open = useDialogs((s) => s.open);
  const showSetup = useShell((s) => s.showSetup);
  const pane = useShell((s) => s.paneId);
  const openImport = useOpenImport();

  return (
    <div role="toolbar" aria-label={shellText.menuBar} className={styles.root} {...arrows} {...{ [regionAttribute]: '' }}>
      <BarMenu caption={shellText.menus.file}>
        <CommandMenuItem calls="imports.start" onClick={() => void openImport()}>
          {shellText.importFromDirectory}
        </CommandMenuItem>
        <CommandMenuItem calls="imports.start" onClick={() => open({ kind: 'csv-import' })}>
          {shellText.importFromFile}
        </CommandMenuItem>
        <MenuItem onClick={() => (commands.exportUsers ? commands.exportUsers() : open({ kind: 'csv-export' }))}>
          {shellText.exportUsers}
        </MenuItem>
        {isDesktop && <MenuDivider />}
        {isDesktop && <MenuItem onClick={() => window.close()}>{shellText.exit}</MenuItem>}
      </BarMenu>
      <BarMenu caption={shellText.menus.view} theme={theme} onTheme={onTheme}>
        <MenuItem secondaryContent="F5" disabled={!commands.refresh} onClick={() => commands.refresh?.()}>
          {shellText.refresh}
        </MenuItem>
        <MenuItem disabled={!commands.chooseColumns} onClick={() => commands.chooseColumns?.()}>
          {shellText.columns}
        </MenuItem>
        <MenuDivider />
        {themeChoice.options.map((choice) => (
          <MenuItemRadio key={choice} name="theme" value={choice}>
            {`${shellText.theme}: ${shellText.themes[choice]}`}
          </MenuItemRadio>
        ))}
      </BarMenu>
      <BarMenu caption={shellText.menus.tools}>
        <MenuItem onClick={() => showSetup('directory')}>{setupText.open}</MenuItem>
        <MenuItem onClick={() => open({ kind: 'directory-configuration' })}>{shellText.directoryConfiguration}</MenuItem>
        <MenuItem onClick={() => open({ kind: 'activation' })}>{activationText.details}</MenuItem>
        <MenuItem onClick={() => open({ kind: 'recycle-bin' })}>{shellText.removedUsers}</MenuItem>
        <MenuItem onClick={() => open({ kind: 'bypasses' })}>{shellText.bypasses}</MenuItem>
        <MenuItem onClick={() => open({ kind: 'security-questions' })}>{shellText.securityQuestions}</MenuItem>
        <MenuItem onClick={() => open({ kind: 'backups' })}>{shellText.backups}</MenuItem>
      </BarMenu>
      <BarMenu caption={shellText.menus.help}>
        <MenuItem secondaryContent="F1" onClick={() => open({ kind: 'pane-help', pane })}>
          {paneHelpText.menu}
        </MenuItem>
        <MenuItem onClick={() => open({ kind: 'shortcuts' })}>{shellText.shortcuts}</MenuItem>
        <MenuItem onClick={() => open({ kind: 'support-bundle' })}>{shellText.supportBundle}</MenuItem>
        <MenuItem onClick={() => open({ kind: 'about' })}>{shellText.about}</MenuItem>
      </BarMenu>
    </div>
  );
}

interface BarMenuProps {
  readonly caption: string;
  readonly children: ReactNode;
  readonly theme?: ThemeChoice;
  onTheme?(theme: ThemeChoice): void;
}

function BarMenu({ caption, children, theme, onTheme }: BarMenuProps) {
  return (
    <Menu
      checkedValues={theme ? { theme: [theme] } : undefined}
      onCheckedValueChange={(_event, { checkedItems }) => onTheme?.(themeChoice.parse(checkedItems[0]))}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="subtle" size="small">
          {caption}
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>{children}</MenuList>
      </MenuPopover>
    </Menu>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', columnGap: tokens.spacingHorizontalXXS, '& button': { minWidth: 'auto', fontWeight: tokens.fontWeightRegular } },
});
