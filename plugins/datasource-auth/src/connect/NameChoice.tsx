import { useState } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { TextSetting } from '../fields/TextSetting';
import { nameFromTitle } from '../settings/nameFromTitle';
import { EditorValues } from '../settings/settingsForm';
import { useText } from '../translation';

const useStyles = makeStyles(theme => ({
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: theme.spacing(1),
    overflowWrap: 'anywhere',
  },
  button: { textTransform: 'none', marginLeft: -5 },
}));

/** The name that is filled in, which can be changed until the first save. */
export const NameChoice = () => {
  const t = useText();
  const classes = useStyles();
  const { setValue, formState } = useFormContext<EditorValues>();
  const [title, name] = useWatch({ name: ['title', 'name'] }) as string[];
  const [before, setBefore] = useState(title);
  // Stays open, so that no field vanishes while someone types.
  const [editing, setEditing] = useState(!name);
  const { errors } = formState;
  if (!editing && !errors.name && !errors.title)
    return (
      <div className={classes.line}>
        <Typography variant="body2" color="textSecondary">
          {t('connect.named', { name: <code>{name}</code> })} (
          {t('connect.fixed')})
        </Typography>
        <Button
          size="small"
          color="primary"
          className={classes.button}
          onClick={() => setEditing(true)}
        >
          {t('connect.rename')}
        </Button>
      </div>
    );
  return (
    <>
      <TextSetting
        id="title"
        onChange={next => {
          // The name follows the title of an API without a preset, until it is edited.
          if (name === nameFromTitle(before))
            setValue('name', nameFromTitle(next), {
              shouldDirty: true,
              // Its error may be gone.
              shouldValidate: Boolean(errors.name),
            });
          setBefore(next);
        }}
      />
      <TextSetting id="name" required />
    </>
  );
};
