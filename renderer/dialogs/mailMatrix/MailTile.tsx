import { Link, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { languageText } from '../../i18n/en/importDialog.ts';
import { mailMatrixText as text } from '../../i18n/en/mailMatrix.ts';
import { MailFrame } from '../../ui/mail/MailFrame.tsx';
import type { MatrixLook, ShownMail } from './mailMatrix.store.ts';

/** Widths in which mails are laid out, in CSS pixels, and how much smaller they are shown: all tiles are equally wide. */
const layouts: Readonly<Record<MatrixLook, { readonly width: number; readonly zoom: number }>> = {
  desktop: { width: 680, zoom: 0.5 },
  dark: { width: 680, zoom: 0.5 },
  phone: { width: 375, zoom: 0.9 },
};

interface MailTileProps {
  readonly title: string;
  readonly language: string;
  readonly look: MatrixLook;
  readonly shown: ShownMail | undefined;
  /** What scrolls. */
  readonly area: RefObject<HTMLElement | null>;
  /** It came into view and is not there yet. */
  onWanted(): void;
  onEdit(): void;
}

/** One mail of many. It is there while it is in view or nearly so; otherwise its place is kept. */
export function MailTile({ title, language, look, shown, area, onWanted, onEdit }: MailTileProps) {
  const styles = useStyles();
  const tile = useRef<HTMLElement>(null);
  const [isInView, setInView] = useState(false);
  /** Of the mail when it was last in view, so that nothing moves when it goes. */
  const [height, setHeight] = useState<number>();

  useEffect(() => {
    const element = tile.current!;
    const observer = new IntersectionObserver(
      (entries) => {
        const { isIntersecting } = entries.at(-1)!;
        if (!isIntersecting) setHeight(element.clientHeight || undefined);
        setInView(isIntersecting);
      },
      { root: area.current, rootMargin: '200px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [area]);
  const isWanted = isInView && shown === undefined;
  useEffect(() => {
    if (isWanted) onWanted();
  }, [isWanted, onWanted]);
  useEffect(() => setHeight(undefined), [look, language]);

  const { width, zoom } = layouts[look];
  const mail = shown && 'mail' in shown ? shown.mail : null;
  return (
    <article ref={tile} aria-label={title} className={styles.root} style={{ minHeight: isInView ? undefined : height }}>
      <h3 className={styles.title}>
        <Link as="button" aria-label={text.edit(title)} onClick={onEdit}>
          {title}
        </Link>
      </h3>
      {mail && mail.language !== language && <p className={styles.note}>{text.notWritten(languageText(mail.language))}</p>}
      {shown && 'error' in shown && (
        <p role="alert" className={styles.note}>
          {text.failed} {shown.error.message}
        </p>
      )}
      {isInView && mail && (
        <>
          <p className={mergeClasses(styles.note, styles.subject)} lang={mail.language} dir="auto" title={mail.subject}>
            {mail.subject}
          </p>
          {mail.html === '' ? (
            <pre className={styles.text} lang={mail.language} dir="auto">
              {mail.text}
            </pre>
          ) : (
            <div style={{ zoom }}>
              <MailFrame key={look} html={mail.html} title={text.frame(title)} isDark={look === 'dark'} width={width} />
            </div>
          )}
        </>
      )}
    </article>
  );
}

const useStyles = makeStyles({
  root: {
    width: '340px',
    minHeight: '320px',
    overflow: 'hidden',
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalXS,
  },
  title: { margin: '0', fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300, fontWeight: tokens.fontWeightRegular },
  note: { margin: '0', fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, color: tokens.colorNeutralForeground2 },
  subject: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  text: {
    margin: '0',
    padding: tokens.spacingHorizontalS,
    fontFamily: tokens.fontFamilyBase,
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    backgroundColor: tokens.colorNeutralBackground3,
  },
});
