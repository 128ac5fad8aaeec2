import { TableHeader, TableHeaderCell, TableRow } from '@fluentui/react-components';

interface Header {
  readonly text: string;
  readonly className?: string | undefined;
  readonly title?: string;
}

/** The head of a small table: one cell for each column, in their order. */
export function HeaderRow({ headers }: { readonly headers: readonly (string | Header)[] }) {
  return (
    <TableHeader>
      <TableRow>
        {headers.map((header) => {
          const { text, className, title } = typeof header === 'string' ? { text: header } : header;
          return (
            <TableHeaderCell key={text} className={className} title={title}>
              {text}
            </TableHeaderCell>
          );
        })}
      </TableRow>
    </TableHeader>
  );
}
