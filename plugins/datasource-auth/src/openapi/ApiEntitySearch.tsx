import { useState } from 'react';
import useAsync from 'react-use/esm/useAsync';
import useDebounce from 'react-use/esm/useDebounce';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { TYPES_WITHOUT_OPENAPI } from 'backstage-plugin-datasource-auth-common';
import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { Notice, useElementId } from '../frame';
import { useText } from '../translation';

const SHOWN = 20;

/** Props of {@link ApiEntitySearch}. */
export interface ApiEntitySearchProps {
  catalog: typeof catalogApiRef.T;
  /** Reference of the chosen entity, or an empty string. */
  value: string;
  onChange: (entityRef: string) => void;
}

/** Searches the catalog for APIs that the user may see. */
export const ApiEntitySearch = (props: ApiEntitySearchProps) => {
  const { catalog, value, onChange } = props;
  const t = useText();
  const id = useElementId();
  const [text, setText] = useState('');
  const [term, setTerm] = useState('');
  useDebounce(() => setTerm(text.trim()), 300, [text]);
  const found = useAsync(
    () =>
      catalog.queryEntities({
        filter: { kind: 'api' },
        fullTextFilter: { term },
        orderFields: [{ field: 'metadata.name', order: 'asc' }],
        fields: ['kind', 'metadata', 'spec.type'],
        limit: SHOWN,
      }),
    [catalog, term],
  );
  const entities = (found.value?.items ?? []).filter(
    ({ spec }) => !TYPES_WITHOUT_OPENAPI.includes(String(spec?.type)),
  );
  const labelOf = ({ metadata }: Entity) =>
    [metadata.title ?? metadata.name, metadata.description]
      .filter(Boolean)
      .join(' – ');

  return (
    <>
      <TextField
        id={`${id}-search`}
        type="search"
        label={t('openapi.source.search')}
        fullWidth
        margin="normal"
        variant="outlined"
        size="small"
        value={text}
        onChange={event => setText(event.target.value)}
      />
      {found.error && (
        <Notice severity="error" alert>
          {t('openapi.source.failed', { message: found.error.message })}
        </Notice>
      )}
      <FormControl component="fieldset" fullWidth>
        <RadioGroup
          aria-label={t('openapi.source.found')}
          value={value}
          onChange={event => onChange(event.target.value)}
        >
          {entities.map(entity => (
            <FormControlLabel
              key={stringifyEntityRef(entity)}
              value={stringifyEntityRef(entity)}
              label={labelOf(entity)}
              control={<Radio color="primary" size="small" />}
            />
          ))}
        </RadioGroup>
      </FormControl>
      <Typography variant="body2" role="status">
        {found.loading && t('openapi.source.searching')}
        {found.value && !entities.length && t('openapi.source.none')}
        {found.value?.pageInfo.nextCursor && t('openapi.source.more')}
      </Typography>
    </>
  );
};
