import { useState } from 'react';
import { useFormContext } from 'react-hook-form';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { RedirectUri } from '../fields/RedirectUri';
import { TextSetting } from '../fields/TextSetting';
import { WaySetting } from '../fields/WaySetting';
import { useEditorFacts } from '../fields/EditorContext';
import { useElementId } from '../frame';
import { appliesTo, FIELD_LIST, hasRedirectUri } from '../kinds';
import { EditorValues, grantOrKindOfForm } from '../settings/settingsForm';
import { useText } from '../translation';
import { nameFromTitle } from '../settings/nameFromTitle';
import { AdvancedSettings } from './AdvancedSettings';
import { Area } from './Area';
import { RegistrationSteps } from './RegistrationSteps';
import { Setting } from './Setting';
import { NamedFault } from './useEditorForm';

const useStyles = makeStyles(theme => ({
  section: { marginBottom: theme.spacing(4) },
}));

const General = () => {
  const { setValue, getValues } = useFormContext();
  const { isNew } = useEditorFacts();
  const [titleBefore, setTitleBefore] = useState<string>(() =>
    getValues('title'),
  );
  const followTitle = (title: string) => {
    // The name follows the title until it is edited.
    if (isNew && getValues('name') === nameFromTitle(titleBefore))
      setValue('name', nameFromTitle(title), { shouldDirty: true });
    setTitleBefore(title);
  };
  return (
    <>
      <TextSetting id="title" onChange={followTitle} />
      {FIELD_LIST.filter(
        field => field.area === 'general' && field.id !== 'title',
      ).map(field => (
        <Setting
          key={field.id}
          id={field.id}
          required={isNew && field.id === 'name'}
        />
      ))}
    </>
  );
};

/** The sections of the editor. A new datasource starts with how the API authenticates, which decides the rest. */
export const EditorSections = ({ faults }: { faults: NamedFault[] }) => {
  const t = useText();
  const classes = useStyles();
  const id = useElementId();
  const { isNew } = useEditorFacts();
  const { watch } = useFormContext<EditorValues>();
  const values = watch();
  const grantOrKind = grantOrKindOfForm(values);
  const authentication = FIELD_LIST.filter(
    field =>
      field.area === 'authentication' &&
      appliesTo(field, grantOrKind) &&
      !(isNew && field.id === 'authType'),
  );

  return (
    <>
      {isNew && (
        <section className={classes.section}>
          <WaySetting />
          <RegistrationSteps values={values} />
        </section>
      )}
      <section className={classes.section} aria-labelledby={`${id}-general`}>
        <Typography id={`${id}-general`} variant="h5" component="h3">
          {t('editor.general')}
        </Typography>
        <General />
      </section>
      {authentication.length > 0 && (
        <section className={classes.section} aria-labelledby={`${id}-auth`}>
          <Typography
            id={`${id}-auth`}
            variant="h5"
            component="h3"
            gutterBottom
          >
            {t('editor.authentication')}
          </Typography>
          <Area fields={authentication} values={values} />
          {hasRedirectUri(grantOrKind) && <RedirectUri />}
        </section>
      )}
      <AdvancedSettings values={values} faults={faults} />
    </>
  );
};
