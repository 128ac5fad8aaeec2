import { Button, Checkbox, makeStyles, tokens } from '@fluentui/react-components';
import { ArrowDownRegular, ArrowUpRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { uiText } from '../../i18n/en/ui.ts';
import { AppDialog } from '../AppDialog.tsx';
import { initialColumns, moveColumn, showColumn, type ColumnFacts, type ColumnState } from './columns.ts';

interface ColumnsDialogProps {
  readonly columns: readonly (ColumnFacts & { readonly header: string })[];
  readonly state: ColumnState;
  onApply(state: ColumnState): void;
  onClose(): void;
}

/** Chooses which columns a list shows, and in which order. */
export function ColumnsDialog({ columns, state, onApply, onClose }: ColumnsDialogProps) {
  const styles = useStyles();
  const [draft, setDraft] = useState(state);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(state);
  const known = new Map(columns.map((column) => [column.id, column]));

  function apply() {
    onApply(draft);
    onClose();
  }

  return (
    <AppDialog
      title={uiText.columnsTitle}
      sizeKey="columns"
      initialSize={{ width: 440, height: 560 }}
      onClose={onClose}
      actions={
        <>
          <Button appearance="primary" disabled={!isChanged} onClick={apply}>
            {uiText.apply}
          </Button>
          <Button onClick={onClose}>{uiText.cancel}</Button>
        </>
      }
      note={<Button onClick={() => setDraft(initialColumns(columns))}>{uiText.restoreDefaults}</Button>}
    >
      <ul className={styles.list} aria-label={uiText.columnsTitle}>
        {draft.order.flatMap((id, index) => {
          const column = known.get(id);
          if (!column) return [];
          return (
            <li key={id} className={styles.item}>
              <Checkbox
                label={column.header}
                disabled={column.isFixed}
                checked={!draft.hidden.includes(id)}
                onChange={(_event, { checked }) => setDraft(showColumn(draft, id, checked === true))}
              />
              <span className={styles.gap} />
              <Button
                appearance="subtle"
                icon={<ArrowUpRegular />}
                aria-label={uiText.moveUp(column.header)}
                disabled={index === 0}
                onClick={() => setDraft(moveColumn(draft, id, -1))}
              />
              <Button
                appearance="subtle"
                icon={<ArrowDownRegular />}
                aria-label={uiText.moveDown(column.header)}
                disabled={index === draft.order.length - 1}
                onClick={() => setDraft(moveColumn(draft, id, 1))}
              />
            </li>
          );
        })}
      </ul>
    </AppDialog>
  );
}

const useStyles = makeStyles({
  list: { margin: '0', padding: '0', listStyleType: 'none' },
  item: { display: 'flex', alignItems: 'center', columnGap: tokens.spacingHorizontalXS },
  gap: { flex: '1 1 0' },
});
