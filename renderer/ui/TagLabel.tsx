import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { Tag, TagColor } from '../../shared/contract/tags.contract.ts';

/** A tag's name with a mark in its colour. The colour is never the only thing that tells it from another. */
export function TagLabel({ name, color }: Pick<Tag, 'name' | 'color'>) {
  const styles = useStyles();
  return (
    <span className={styles.root}>
      <TagMark color={color} />
      <bdi className={styles.name}>{name}</bdi>
    </span>
  );
}

export function TagMark({ color }: { readonly color: TagColor }) {
  const styles = useStyles();
  const colors = useColors();
  return <span aria-hidden className={mergeClasses(styles.mark, colors[color])} />;
}

const useStyles = makeStyles({
  root: { display: 'inline-flex', alignItems: 'center', columnGap: tokens.spacingHorizontalS, minWidth: '0', maxWidth: '100%' },
  name: { overflow: 'hidden', textOverflow: 'ellipsis', minWidth: '0' },
  mark: {
    display: 'inline-block',
    flexShrink: 0,
    width: tokens.spacingHorizontalM,
    height: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusSmall,
    // The colours of a high-contrast theme say other things.
    '@media (forced-colors: active)': { backgroundColor: 'CanvasText' },
  },
});

/** Strong in light and in dark themes. */
const useColors = makeStyles({
  grey: { backgroundColor: tokens.colorNeutralStrokeAccessible },
  blue: { backgroundColor: tokens.colorPaletteBlueBorderActive },
  teal: { backgroundColor: tokens.colorPaletteTealBorderActive },
  green: { backgroundColor: tokens.colorPaletteGreenBorderActive },
  gold: { backgroundColor: tokens.colorPaletteGoldBorderActive },
  orange: { backgroundColor: tokens.colorPaletteDarkOrangeBorderActive },
  red: { backgroundColor: tokens.colorPaletteRedBorderActive },
  purple: { backgroundColor: tokens.colorPalettePurpleBorderActive },
});
