import { useEffect, useMemo, useState } from 'react';
import { useAnnounce } from '../frame';
import { FIELD_LIST, FieldSpec, HelpId } from '../kinds';
import { EditorValues } from '../settings/settingsForm';
import { isShown } from '../settings/requiredFields';
import { Text, useText } from '../translation';
import { useEditorFacts } from '../fields/EditorContext';

/** Finds settings of the editor. */
export interface SettingSearch {
  query: string;
  setQuery: (query: string) => void;
  /** Whether something is searched for, so that only results are shown. */
  active: boolean;
  isFound: (field: FieldSpec) => boolean;
  /** How many settings were found. */
  outcome: string;
}

/** Everything by which a setting can be found: its label, its help, and its path as in the documentation. */
function wordsOf(t: Text, field: FieldSpec): string {
  return [
    t(`field.${field.id}`),
    field.help ? t(`help.${field.id as HelpId}`) : '',
    field.path,
  ]
    .join('\n')
    .toLowerCase();
}

/** Searches the settings that the form shows for all words of a query, and announces how many there are. */
export function useSettingSearch(values: EditorValues): SettingSearch {
  const t = useText();
  const announce = useAnnounce();
  const { stored, isNew } = useEditorFacts();
  const [query, setQuery] = useState('');
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
  const active = wanted.length > 0;
  const words = useMemo(
    () => new Map(FIELD_LIST.map(field => [field.id, wordsOf(t, field)])),
    [t],
  );
  const isFound = (field: FieldSpec) =>
    field.kind !== 'kept' &&
    // A new datasource asks for it above the sections.
    !(isNew && field.id === 'authType') &&
    wanted.every(word => words.get(field.id)?.includes(word));
  const count = active
    ? FIELD_LIST.filter(
        field => isFound(field) && isShown(field, values, stored),
      ).length
    : 0;
  const outcome = count
    ? t('editor.search.found', { count })
    : t('editor.search.none');
  useEffect(() => {
    if (active) announce(outcome);
  }, [active, announce, outcome, query]);
  return { query, setQuery, active, isFound, outcome };
}
