import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import FormHelperText from '@material-ui/core/FormHelperText';
import FormLabel from '@material-ui/core/FormLabel';
import IconButton from '@material-ui/core/IconButton';
import TextField from '@material-ui/core/TextField';
import DeleteIcon from '@material-ui/icons/DeleteOutline';
import { LabelledCheckbox } from '../frame';
import { FieldId, hasSecretRows } from '../kinds';
import { ValueRow } from '../settings/fieldCodec';
import { useText } from '../translation';
import { hasOuterSpace } from './hasOuterSpace';
import { useMustReenter } from './useMustReenter';
import { useSetting } from './useSetting';

const EMPTY: ValueRow = { key: '', value: '', secret: false };

/** Parameters, headers, renames, or instance values: rows of a name and a value, which can be secret. */
export const RowsSetting = ({ id }: { id: FieldId }) => {
  const t = useText();
  const setting = useSetting<ValueRow[]>(id);
  const { label, value: rows, onChange, elementId } = setting;
  const secrets = hasSecretRows(setting.spec);
  const empty = { ...EMPTY, secret: setting.spec.secretRows ?? false };
  const mustReenter = useMustReenter();
  const [reenter] = rows
    .filter(row => row.secret && row.set && !row.value)
    .flatMap(row => mustReenter(`${setting.spec.path}.${row.key}`) ?? []);
  const fault = setting.fault ?? reenter;
  const change = (index: number, part: Partial<ValueRow>) =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...part } : row)));

  return (
    <Box
      component="fieldset"
      border={0}
      mx={0}
      my={2}
      p={0}
      {...{ 'aria-describedby': `${elementId}-help` }}
    >
      <FormLabel component="legend">{label}</FormLabel>
      {rows.map((row, index) => {
        const number = index + 1;
        return (
          <Box
            key={index} // eslint-disable-line react/no-array-index-key -- the key of a row changes while it is typed
            display="flex"
            flexWrap="wrap"
            alignItems="center"
            style={{ gap: 8 }}
            mt={1}
          >
            <TextField
              size="small"
              variant="outlined"
              value={row.key}
              placeholder={t('editor.rows.key')}
              inputProps={{
                'aria-label': t('editor.rows.keyLabel', {
                  label,
                  number: String(number),
                }),
              }}
              onBlur={setting.onBlur}
              onChange={event => change(index, { key: event.target.value })}
            />
            <TextField
              size="small"
              variant="outlined"
              type={row.secret ? 'password' : 'text'}
              value={row.value}
              placeholder={
                row.set ? t('editor.rows.stored') : t('editor.rows.value')
              }
              inputProps={{
                autoComplete: 'off',
                'aria-label': t('editor.rows.valueLabel', {
                  label,
                  number: String(number),
                }),
              }}
              helperText={
                row.secret && hasOuterSpace(row.value)
                  ? t('editor.secret.spaces')
                  : undefined
              }
              onBlur={setting.onBlur}
              onChange={event => change(index, { value: event.target.value })}
            />
            {secrets && (
              <LabelledCheckbox
                label={t('editor.rows.secret')}
                size="small"
                checked={row.secret}
                inputProps={{
                  'aria-label': t('editor.rows.secretLabel', {
                    label,
                    number: String(number),
                  }),
                }}
                // A stored secret can't be read, so unmarking it removes it.
                onChange={secret => change(index, { secret, set: false })}
              />
            )}
            <IconButton
              size="small"
              aria-label={t('editor.rows.remove', {
                key: row.key || String(number),
              })}
              onClick={() => onChange(rows.filter((_, at) => at !== index))}
            >
              <DeleteIcon fontSize="small" />
            </IconButton>
          </Box>
        );
      })}
      <Button
        id={elementId}
        size="small"
        style={{ textAlign: 'left' }}
        onClick={() => onChange([...rows, empty])}
      >
        {t('editor.rows.add', { label })}
      </Button>
      <FormHelperText id={`${elementId}-help`} error={Boolean(fault)}>
        {fault ?? setting.help ?? ''}
      </FormHelperText>
    </Box>
  );
};
