import { useEffect, useState } from 'react';
import useAsync from 'react-use/esm/useAsync';
import { Select } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import {
  DefaultEntityFilters,
  useEntityList,
} from '@backstage/plugin-catalog-react';
import {
  DatasourceAuthApi,
  datasourceAuthApiRef,
  useErrorText,
} from 'backstage-plugin-datasource-auth-react';
import Box from '@material-ui/core/Box';
import FormHelperText from '@material-ui/core/FormHelperText';
import { useText } from '../translation';
import {
  DATASOURCE_CHOICES,
  EntityDatasourceFilter,
  isDatasourceChoice,
} from './EntityDatasourceFilter';

/** Users with more than these should use the list of datasources. */
const MOST_PAGES = 5;
const ALL = 'all';

async function namesNeedingAttention(api: DatasourceAuthApi) {
  const names: string[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { items, nextCursor } = await api.listDatasources({
      attention: 'true',
      limit: 200,
      cursor,
    });
    names.push(...items.map(({ name }) => name));
    cursor = nextCursor;
    if (!cursor) break;
  }
  return names;
}

/** Filters the catalog's entities by their datasources. Place it among the catalog's filters. */
export const DatasourceFilter = () => {
  const t = useText();
  const errorText = useErrorText();
  const api = useApi(datasourceAuthApiRef);
  const { queryParameters, updateFilters } = useEntityList<
    DefaultEntityFilters & { datasource?: EntityDatasourceFilter }
  >();
  const asked = [queryParameters.datasource].flat()[0];
  const [choice, setChoice] = useState(
    isDatasourceChoice(asked) ? asked : undefined,
  );
  // Loaded when selected, not whenever the catalog is opened.
  const { value: needingAttention, error } = useAsync(
    async () =>
      choice === 'attention' ? namesNeedingAttention(api) : undefined,
    [api, choice],
  );
  useEffect(() => {
    updateFilters({
      datasource:
        choice && new EntityDatasourceFilter({ choice, needingAttention }),
    });
  }, [choice, needingAttention, updateFilters]);

  return (
    <Box pb={1} pt={1}>
      <Select
        label={t('entity.filter.label')}
        items={[ALL, ...DATASOURCE_CHOICES].map(value => ({
          value,
          label: t(`entity.filter.${value as typeof ALL}`),
        }))}
        selected={choice ?? ALL}
        onChange={value =>
          setChoice(isDatasourceChoice(value) ? value : undefined)
        }
      />
      {error && (
        <FormHelperText error role="alert">
          {t('entity.filter.failed', { message: errorText(error) })}
        </FormHelperText>
      )}
    </Box>
  );
};
