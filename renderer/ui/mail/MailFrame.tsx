import { makeStyles } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { mailFramePath } from '../../../shared/email/mailFrame.ts';
import { showMail } from './showMail.ts';

interface MailFrameProps {
  /** A whole document. */
  readonly html: string;
  /** What it is, for assistive technology. */
  readonly title: string;
  /** As a reader sees it whose system is dark. */
  readonly isDark?: boolean;
  /** CSS pixels; without it as wide as its place. */
  readonly width?: number;
  /** Told what the mail would load from elsewhere. Keep it stable. */
  onBlocked?(addresses: readonly string[]): void;
}

/** Shows a mail as a mail program does. Nothing in it runs, and nothing is loaded. It is as high as the mail: what is around it scrolls. */
export function MailFrame({ html, title, isDark = false, width, onBlocked }: MailFrameProps) {
  const styles = useStyles();
  const frame = useRef<HTMLIFrameElement>(null);
  const [page, setPage] = useState<Document | null>(null);
  const [height, setHeight] = useState(0);

  useEffect(() => {
    if (!page?.defaultView) return;
    const blocked = showMail(page, html, isDark);
    onBlocked?.(blocked);
    const measure = () => setHeight(Math.ceil(page.body.getBoundingClientRect().height));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(page.body);
    return () => observer.disconnect();
  }, [page, html, isDark, onBlocked]);

  return (
    <iframe
      ref={frame}
      title={title}
      src={mailFramePath}
      // Of the same origin, so that the mail can be put in from here; without scripts that gives it nothing.
      sandbox="allow-same-origin"
      tabIndex={-1}
      className={styles.frame}
      style={{ colorScheme: isDark ? 'dark' : 'light', height, width: width ?? '100%' }}
      onLoad={() => setPage(frame.current?.contentDocument ?? null)}
    />
  );
}

const useStyles = makeStyles({
  frame: { display: 'block', flex: 'none', borderTopWidth: '0', borderRightWidth: '0', borderBottomWidth: '0', borderLeftWidth: '0' },
});
