import { Button, Dialog, DialogSurface, DialogTitle, Link, makeStyles, tokens } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import {
  createContext,
  Suspense,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
} from 'react';
import { z } from 'zod';
import { uiText } from '../i18n/en/ui.ts';
import { DialogHelp } from './dialogHelp.ts';
import { DiscardQuestion } from './DiscardQuestion.tsx';
import { centred, moved, resized, type Box, type Size } from './dialogBox.ts';
import { usePreference } from './preferences.tsx';
import { focusFirstAttribute, takeFocus, useFocusReturn } from './useFocusReturn.ts';
import { usePageGuard } from './usePageGuard.ts';

export interface AppDialogProps {
  readonly title: string;
  /** The size is remembered under `dialog.<sizeKey>`. */
  readonly sizeKey: string;
  /** In CSS pixels, when nothing is remembered. Never larger than the window. */
  readonly initialSize: Size;
  /** Esc, the close button and the window itself ask before something is lost. */
  readonly isDirty?: boolean;
  onClose(): void;
  /** The buttons at the bottom right. `DialogCloseButton` asks first where something would be lost, as Esc does. */
  readonly actions: ReactNode;
  /** Something at the bottom left: a count, a hint. */
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

const keptSize = z.object({ width: z.number(), height: z.number() });

/** A modal window that can be moved by its title and resized by its corner. It is open while it is rendered. */
export function AppDialog({ title, sizeKey, initialSize, isDirty = false, onClose, actions, note, children }: AppDialogProps) {
  const styles = useStyles();
  const size = usePreference(`dialog.${sizeKey}`, keptSize, initialSize);
  const [placed, setPlaced] = useState<Box | null>(null);
  const [isAsking, setAsking] = useState(false);
  const Help = useContext(DialogHelp);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const viewport = useViewportSize();
  const surface = useRef<HTMLDivElement | null>(null);
  const keepSurface = useCallback((element: HTMLDivElement | null) => {
    surface.current = element;
    takeFocus(element);
  }, []);
  useFocusReturn();
  usePageGuard(isDirty);

  useEffect(() => surface.current?.querySelector<HTMLElement>(`[${focusFirstAttribute}]`)?.focus(), []);

  const box = moved(placed ?? centred(size.value, viewport), { x: 0, y: 0 }, viewport);
  const close = useCallback(() => (isDirty ? setAsking(true) : onClose()), [isDirty, onClose]);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'F1' || !Help) return;
    // The window has the same key.
    event.preventDefault();
    event.stopPropagation();
    setHelpOpen(true);
  }

  return (
    <Dialog
      open
      surfaceMotion={null}
      onOpenChange={(_event, data) => {
        // A click beside the dialog is not a decision.
        if (data.type !== 'backdropClick') close();
      }}
    >
      <DialogSurface
        ref={keepSurface}
        className={styles.surface}
        style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
        onKeyDown={onKeyDown}
      >
        <DragArea className={styles.titleBar} onDrag={(by) => setPlaced(moved(box, by, viewport))}>
          <DialogTitle as="h2" action={null} className={styles.title}>
            {title}
          </DialogTitle>
        </DragArea>
        <div className={styles.content}>{children}</div>
        <div className={styles.actions}>
          <div className={styles.note}>{note}</div>
          <CloseContext value={close}>{actions}</CloseContext>
        </div>
        {/* F1 does the same for the keyboard. */}
        {Help && (
          <Link
            as="button"
            tabIndex={-1}
            className={styles.help}
            aria-label={uiText.dialogHelp}
            title={uiText.dialogHelpKeys}
            onClick={() => setHelpOpen(true)}
          >
            {uiText.help}
          </Link>
        )}
        {/* Last in the order of the keyboard: Esc does the same. */}
        <Button
          className={styles.close}
          appearance="subtle"
          size="small"
          icon={<DismissRegular />}
          aria-label={uiText.close}
          onClick={close}
        />
        <DragArea
          className={styles.corner}
          title={uiText.resize}
          onDrag={(by) => setPlaced(resized(box, by, viewport))}
          onDrop={() => size.set({ width: box.width, height: box.height })}
        />
        {Help && isHelpOpen && (
          <Suspense>
            <Help onClose={() => setHelpOpen(false)} />
          </Suspense>
        )}
        {isAsking && <DiscardQuestion onDiscard={onClose} onKeep={() => setAsking(false)} />}
      </DialogSurface>
    </Dialog>
  );
}

const CloseContext = createContext<() => void>(() => {});

/** A button among the actions of an AppDialog that closes it, after a question where something would be lost. */
export function DialogCloseButton({ children }: { readonly children: string }) {
  return <Button onClick={useContext(CloseContext)}>{children}</Button>;
}

interface DragAreaProps {
  readonly className: string;
  readonly title?: string;
  readonly children?: ReactNode;
  /** Called with the distance since the last call, in CSS pixels. */
  onDrag(by: { x: number; y: number }): void;
  onDrop?(): void;
}

function DragArea({ className, title, children, onDrag, onDrop }: DragAreaProps) {
  const last = useRef<{ x: number; y: number } | null>(null);

  function start(event: PointerEvent<HTMLDivElement>) {
    if (event.button !== 0 || (event.target as Element).closest('button')) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    last.current = { x: event.clientX, y: event.clientY };
  }
  function move(event: PointerEvent<HTMLDivElement>) {
    if (!last.current) return;
    onDrag({ x: event.clientX - last.current.x, y: event.clientY - last.current.y });
    last.current = { x: event.clientX, y: event.clientY };
  }
  function drop() {
    if (last.current) onDrop?.();
    last.current = null;
  }

  return (
    <div className={className} title={title} onPointerDown={start} onPointerMove={move} onPointerUp={drop} onPointerCancel={drop}>
      {children}
    </div>
  );
}

function useViewportSize(): Size {
  const [size, setSize] = useState<Size>(() => ({ width: innerWidth, height: innerHeight }));
  useEffect(() => {
    const measure = () => setSize({ width: innerWidth, height: innerHeight });
    addEventListener('resize', measure);
    return () => removeEventListener('resize', measure);
  }, []);
  return size;
}

const useStyles = makeStyles({
  surface: {
    position: 'fixed',
    margin: '0',
    padding: '0',
    maxWidth: 'none',
    maxHeight: 'none',
    display: 'flex',
    flexDirection: 'column',
    overflow: 'hidden',
  },
  titleBar: {
    paddingTop: tokens.spacingVerticalM,
    paddingBottom: tokens.spacingVerticalS,
    paddingLeft: tokens.spacingHorizontalL,
    // Room for Help and Close.
    paddingRight: '96px',
    cursor: 'default',
    userSelect: 'none',
    touchAction: 'none',
  },
  title: {
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  help: { position: 'absolute', top: tokens.spacingVerticalM, right: '52px' },
  close: { position: 'absolute', top: tokens.spacingVerticalS, right: tokens.spacingHorizontalS },
  content: {
    flex: '1 1 0',
    minHeight: '0',
    overflow: 'auto',
    display: 'flex',
    flexDirection: 'column',
    paddingLeft: tokens.spacingHorizontalL,
    paddingRight: tokens.spacingHorizontalL,
    paddingTop: tokens.spacingVerticalXS,
    paddingBottom: tokens.spacingVerticalXS,
  },
  actions: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'flex-end',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    padding: tokens.spacingHorizontalL,
  },
  note: { flex: '1 1 0', minWidth: '0', color: tokens.colorNeutralForeground2 },
  corner: {
    position: 'absolute',
    right: '0',
    bottom: '0',
    width: tokens.spacingHorizontalL,
    height: tokens.spacingHorizontalL,
    cursor: 'nwse-resize',
    touchAction: 'none',
    // The grip of a Windows dialog: strokes across the corner.
    clipPath: 'polygon(100% 20%, 100% 100%, 20% 100%)',
    backgroundImage: `repeating-linear-gradient(-45deg, transparent 0 3px, ${tokens.colorNeutralStrokeAccessible} 3px 4px)`,
  },
});
