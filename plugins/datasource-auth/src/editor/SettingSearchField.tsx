import { KeyboardEvent } from 'react';
import InputAdornment from '@material-ui/core/InputAdornment';
import TextField from '@material-ui/core/TextField';
import SearchIcon from '@material-ui/icons/Search';
import { useElementId } from '../frame';
import { useText } from '../translation';
import { SettingSearch } from './useSettingSearch';

/** Searches the settings. Escape shows all of them again. */
export const SettingSearchField = ({ search }: { search: SettingSearch }) => {
  const t = useText();
  const id = useElementId();
  const { query, setQuery, active, outcome } = search;
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter would save the form.
    if (event.key === 'Enter') event.preventDefault();
    if (event.key === 'Escape' && query) {
      event.preventDefault();
      setQuery('');
    }
  };
  return (
    <TextField
      id={`${id}-search`}
      type="search"
      label={t('editor.search.label')}
      variant="outlined"
      size="small"
      margin="normal"
      fullWidth
      value={query}
      onChange={event => setQuery(event.target.value)}
      onKeyDown={onKeyDown}
      helperText={active ? outcome : t('editor.search.example')}
      InputProps={{
        startAdornment: (
          <InputAdornment position="start">
            <SearchIcon aria-hidden fontSize="small" />
          </InputAdornment>
        ),
      }}
    />
  );
};
