import { Checkbox, SearchBox, Text, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import type { Tag } from '../../../shared/contract/tags.contract.ts';
import { fold } from '../../../shared/lib/fold.ts';
import { useClient } from '../../app/client.tsx';
import { userTagsText as text } from '../../i18n/en/tags.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { TagLabel } from '../../ui/TagLabel.tsx';
import { useEditor } from './editor.ts';

/** So many are found without a search. */
const fewTags = 12;

/** Which tags the user has; saved with everything else. */
export function TagsTab() {
  const styles = useStyles();
  const client = useClient();
  const { form, change } = useEditor();
  const [tags, setTags] = useState<readonly Tag[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [search, setSearch] = useState('');

  useEffect(() => {
    let isCurrent = true;
    const load = () =>
      client.tags.list(null).then(
        (answer) => isCurrent && setTags(answer.tags),
        (thrown: unknown) => isCurrent && setError(thrown),
      );
    void load();
    const stop = client.tags.onChanged(() => void load());
    return () => {
      isCurrent = false;
      stop();
    };
  }, [client]);

  if (error !== null) return <ErrorNotice error={error} context={text.failed} />;
  if (!tags) return null;
  if (tags.length === 0) return <Text>{text.none}</Text>;
  const shown = tags.filter(({ name }) => fold(name).includes(fold(search.trim())));

  function turn(id: number, isOn: boolean) {
    const others = form.tags.filter((other) => other !== id);
    change({ tags: isOn ? [...others, id].sort((a, b) => a - b) : others });
  }

  return (
    <div className={styles.root}>
      <Text>{text.intro}</Text>
      {tags.length > fewTags && (
        <SearchBox
          className={styles.search}
          size="small"
          placeholder={text.search}
          aria-label={text.search}
          value={search}
          onChange={(_event, data) => setSearch(data.value)}
        />
      )}
      {shown.length === 0 && <Text>{text.noMatch}</Text>}
      <div role="group" aria-label={text.list} className={styles.list}>
        {shown.map((tag) => (
          <Checkbox
            key={tag.id}
            label={<TagLabel {...tag} />}
            title={tag.description || undefined}
            checked={form.tags.includes(tag.id)}
            onChange={(_event, { checked }) => turn(tag.id, checked === true)}
          />
        ))}
      </div>
    </div>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  search: { width: '280px', maxWidth: '100%' },
  list: { display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(200px, 1fr))' },
});
