import { KeyboardEvent, useEffect, useState } from 'react';
import { PLUGIN_ID_PATTERN } from 'backstage-plugin-datasource-auth-common';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { useAnnounce, useElementId } from '../frame';
import { OptionList } from '../frame/OptionList';
import { useActiveOption } from '../frame/useActiveOption';
import { Text, useText } from '../translation';
import { LABEL_ABOVE } from './labelAbove';
import { useKnownPlugins } from './useKnownPlugins';

const useStyles = makeStyles(theme => ({
  list: {
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
  },
}));

/** Props of {@link PluginPicker}. */
export interface PluginPickerProps {
  /** ID of the text field. */
  id?: string;
  label: string;
  /** IDs of the selected plugins. */
  value: string[];
  onChange: (value: string[]) => void;
  onBlur?: () => void;
  /** Shown below the list. */
  helperText?: string;
  error?: boolean;
}

const isPluginId = (text: string) => PLUGIN_ID_PATTERN.test(text);

const union = (...lists: string[][]) => [...new Set(lists.flat())];

/** Says why the text that the user left in the field has no effect. */
function leftover(t: Text, plugin: string): string {
  return isPluginId(plugin)
    ? t('picker.plugins.notAdded', { plugin })
    : t('picker.plugins.invalid', { plugin });
}

/**
 * Selects plugins from those that Backstage knows. Plugins of other backends may be missing, so other IDs can be entered
 * too.
 */
export const PluginPicker = (props: PluginPickerProps) => {
  const { label, value, onBlur, helperText, error = false } = props;
  const t = useText();
  const announce = useAnnounce();
  const classes = useStyles();
  const ownId = useElementId();
  const { id = ownId } = props;
  const known = useKnownPlugins();
  const [text, setText] = useState('');
  const [left, setLeft] = useState(false);
  // Selected plugins come first, but none moves when it is clicked.
  const [first, setFirst] = useState(value);

  const typed = text.trim();
  const plugins = union(first, known.value?.items ?? [], value);
  const isNew = isPluginId(typed) && !plugins.includes(typed);
  const found = plugins.filter(plugin =>
    plugin.toLowerCase().includes(typed.toLowerCase()),
  );
  const shown = isNew ? [...found, typed] : found;

  const change = (next: string[]) => {
    props.onChange(next);
    announce(t('picker.plugins.selected', { count: next.length }));
  };
  const add = (ids: string[]) => {
    setFirst(
      union(
        first,
        ids.filter(plugin => !plugins.includes(plugin)),
      ),
    );
    change(union(value, ids));
  };
  const pick = (index: number) => {
    const plugin = shown[index];
    if (value.includes(plugin)) change(value.filter(one => one !== plugin));
    else add([plugin]);
  };
  const options = useActiveOption({
    listId: `${id}-list`,
    count: shown.length,
    initially: typed ? Math.max(found.indexOf(typed), 0) : undefined,
    onPick: index => {
      pick(index);
      // Another list is shown then.
      if (text) options.reset();
      setText('');
    },
  });

  const type = (next: string) => {
    options.reset();
    // A space or comma ends an ID, so that several can be typed or pasted.
    const words = next.split(/[\s,]+/);
    const last = words.pop() ?? '';
    const ended = words.filter(Boolean);
    const valid = ended.every(isPluginId);
    if (valid && ended.length > 0) add(ended);
    setText(valid ? last : next);
  };
  // An ID of the list needs no confirmation.
  const accept = () => {
    if (!value.includes(typed)) add([typed]);
    setText('');
  };
  const leave = () => {
    if (plugins.includes(typed)) accept();
    setLeft(true);
    onBlur?.();
  };
  const isKnownLate = left && plugins.includes(typed);
  useEffect(() => {
    // The user had left before the list arrived.
    if (isKnownLate) accept();
  });
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter would submit the form.
    if (event.key === 'Enter') event.preventDefault();
    if (event.key === ' ' && !text && options.hasMoved) {
      event.preventDefault();
      pick(options.active);
    } else options.onKeyDown(event);
  };

  const fault = left && typed ? leftover(t, typed) : undefined;
  const hint = known.error ? 'picker.plugins.failed' : 'picker.plugins.help';
  return (
    <>
      <TextField
        id={id}
        label={label}
        variant="outlined"
        size="small"
        margin="dense"
        fullWidth
        placeholder={t('picker.plugins.search')}
        InputLabelProps={LABEL_ABOVE}
        value={text}
        error={error || Boolean(fault)}
        helperText={fault ?? t(hint)}
        inputProps={options.inputProps}
        onFocus={() => setLeft(false)}
        onBlur={leave}
        onChange={event => type(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {shown.length > 0 && (
        <div className={classes.list}>
          <OptionList
            id={`${id}-list`}
            label={t('picker.plugins.list')}
            multiple
            active={options.active}
            options={shown.map(plugin => ({
              value: plugin,
              label: plugins.includes(plugin)
                ? plugin
                : t('picker.plugins.add', { plugin }),
              selected: value.includes(plugin),
            }))}
            onPick={index => {
              pick(index);
              if (isNew) setText('');
            }}
          />
        </div>
      )}
      <Typography variant="body2" color="textSecondary">
        {t('picker.plugins.selected', { count: value.length })}
      </Typography>
      {helperText && (
        <Typography variant="body2" color={error ? 'error' : 'textSecondary'}>
          {helperText}
        </Typography>
      )}
    </>
  );
};
