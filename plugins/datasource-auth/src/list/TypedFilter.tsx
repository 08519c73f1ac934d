import { Ref } from 'react';
import useDebounce from 'react-use/esm/useDebounce';
import TextField from '@material-ui/core/TextField';
import { Suggestions } from '../frame/Suggestions';
import { useInput } from './useInput';

const WAIT_MS = 300;

/** Props of {@link TypedFilter}. */
export interface TypedFilterProps {
  id: string;
  label: string;
  /** The filter value in the address. */
  value: string;
  suggestions?: string[];
  /** The key that focuses the field. */
  shortcut?: string;
  inputRef?: Ref<HTMLInputElement>;
  onFilter: (value: string | undefined) => void;
}

/** A text filter that applies after a pause in typing. */
export const TypedFilter = (props: TypedFilterProps) => {
  const { id, label, value, suggestions, shortcut, inputRef, onFilter } = props;
  const [text, setText] = useInput(value);
  useDebounce(
    () => {
      if (text !== value) onFilter(text || undefined);
    },
    WAIT_MS,
    [text],
  );
  return (
    <>
      <TextField
        id={id}
        type="search"
        size="small"
        fullWidth
        variant="outlined"
        label={label}
        value={text}
        inputRef={inputRef}
        inputProps={{
          list: suggestions && `${id}-suggestions`,
          'aria-keyshortcuts': shortcut,
        }}
        onChange={event => setText(event.target.value)}
      />
      {suggestions && (
        <Suggestions id={`${id}-suggestions`} values={suggestions} />
      )}
    </>
  );
};
