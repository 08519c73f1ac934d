import { useEffect, useState } from 'react';
import { useFormContext } from 'react-hook-form';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { RedirectUri } from '../fields/RedirectUri';
import { TextSetting } from '../fields/TextSetting';
import { WaySetting } from '../fields/WaySetting';
import { fieldElementId } from '../fields/useSetting';
import { useEditorFacts } from '../fields/EditorContext';
import { useElementId } from '../frame';
import {
  appliesTo,
  FIELD_LIST,
  FIELDS,
  FieldSpec,
  hasRedirectUri,
} from '../kinds';
import { isShown } from '../settings/requiredFields';
import { EditorValues, grantOrKindOfForm } from '../settings/settingsForm';
import { useText } from '../translation';
import { nameFromTitle } from '../settings/nameFromTitle';
import { AdvancedSettings } from './AdvancedSettings';
import { Area } from './Area';
import { RegistrationSteps } from './RegistrationSteps';
import { Setting } from './Setting';
import { SettingSearchField } from './SettingSearchField';
import { NamedFault } from './useEditorForm';
import { useSettingSearch } from './useSettingSearch';

const useStyles = makeStyles(theme => ({
  section: { marginBottom: theme.spacing(4) },
}));

/** Returns whether a setting is shown now. */
type IsFound = (field: FieldSpec) => boolean;

const General = ({ isFound }: { isFound: IsFound }) => {
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
      {isFound(FIELDS.title) && (
        <TextSetting id="title" onChange={followTitle} />
      )}
      {FIELD_LIST.filter(
        field =>
          field.area === 'general' && field.id !== 'title' && isFound(field),
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

/** Props of {@link EditorSections}. */
export interface EditorSectionsProps {
  faults: NamedFault[];
  /** The setting that gets the focus at first. */
  focus?: FieldSpec;
}

/**
 * The sections of the editor, and a search in them. A new datasource starts with how the API authenticates, which
 * decides the rest.
 */
export const EditorSections = (props: EditorSectionsProps) => {
  const { faults, focus } = props;
  const t = useText();
  const classes = useStyles();
  const id = useElementId();
  const { isNew, stored } = useEditorFacts();
  const { watch } = useFormContext<EditorValues>();
  const values = watch();
  const grantOrKind = grantOrKindOfForm(values);
  const search = useSettingSearch(values);
  const { active, isFound, setQuery } = search;
  useEffect(() => {
    // The summary of errors links to the fields.
    if (faults.length) setQuery('');
  }, [faults, setQuery]);
  // A button can't show the focus before the second render, which mounts its ripple.
  const [focused, setFocused] = useState<FieldSpec>();
  useEffect(() => setFocused(focus), [focus]);
  useEffect(() => {
    if (focused) document.getElementById(fieldElementId(focused.id))?.focus();
  }, [focused]);
  const authentication = FIELD_LIST.filter(
    field =>
      field.area === 'authentication' &&
      appliesTo(field, grantOrKind) &&
      isShown(field, values, stored) &&
      isFound(field) &&
      !(isNew && field.id === 'authType'),
  );
  const general = FIELD_LIST.some(
    field => field.area === 'general' && isFound(field),
  );

  return (
    <>
      <SettingSearchField search={search} />
      {isNew && !active && (
        <section className={classes.section}>
          <WaySetting />
          <RegistrationSteps values={values} />
        </section>
      )}
      {general && (
        <section className={classes.section} aria-labelledby={`${id}-general`}>
          <Typography id={`${id}-general`} variant="h5" component="h3">
            {t('editor.general')}
          </Typography>
          <General isFound={isFound} />
        </section>
      )}
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
          {hasRedirectUri(grantOrKind) && isFound(FIELDS.redirectUri) && (
            <RedirectUri />
          )}
        </section>
      )}
      <AdvancedSettings
        values={values}
        faults={faults}
        focus={focus}
        search={search}
      />
    </>
  );
};
