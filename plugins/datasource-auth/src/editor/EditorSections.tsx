import { useEffect, useState } from 'react';
import { useFormContext } from 'react-hook-form';
import Accordion from '@material-ui/core/Accordion';
import AccordionDetails from '@material-ui/core/AccordionDetails';
import AccordionSummary from '@material-ui/core/AccordionSummary';
import Box from '@material-ui/core/Box';
import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import ExpandMoreIcon from '@material-ui/icons/ExpandMore';
import { RedirectUri } from '../fields/RedirectUri';
import { Setting } from './Setting';
import { TextSetting } from '../fields/TextSetting';
import { useEditorFacts } from '../fields/EditorContext';
import { useElementId } from '../frame';
import {
  appliesTo,
  FieldArea,
  FIELD_LIST,
  FieldSpec,
  hasRedirectUri,
} from '../kinds';
import { isRequired, isShown } from '../settings/requiredFields';
import {
  changedFields,
  EditorValues,
  formOfSettings,
  grantOrKindOfForm,
} from '../settings/settingsForm';
import { useText } from '../translation';
import { nameFromTitle } from '../settings/nameFromTitle';
import { NamedFault } from './useEditorForm';

const useStyles = makeStyles(theme => ({
  section: { marginBottom: theme.spacing(4) },
  area: { marginTop: theme.spacing(3) },
}));

const ADVANCED: readonly FieldArea[] = [
  'clientAuthentication',
  'certificate',
  'assertion',
  'authorizeRequest',
  'callback',
  'tokenRequest',
  'renewal',
  'response',
  'handOut',
  'instance',
  'gateway',
];

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

const Area = ({ area, values }: { area: FieldArea; values: EditorValues }) => {
  const { stored } = useEditorFacts();
  const fields = FIELD_LIST.filter(
    field => field.area === area && isShown(field, values, stored),
  );
  return (
    <>
      {fields.map(field => (
        <Setting
          key={field.id}
          id={field.id}
          required={isRequired(field, values)}
        />
      ))}
    </>
  );
};

/** The sections of the editor. Advanced shows the number of changed settings, and opens for an error inside. */
export const EditorSections = (props: {
  unsavedFields: FieldSpec[];
  faults: NamedFault[];
}) => {
  const { faults } = props;
  const t = useText();
  const classes = useStyles();
  const id = useElementId();
  const { watch } = useFormContext<EditorValues>();
  const values = watch();
  const grantOrKind = grantOrKindOfForm(values);
  const [open, setOpen] = useState(false);
  const faultInside = faults.some(
    ({ field }) => field && ADVANCED.includes(field.area),
  );
  useEffect(() => {
    if (faultInside) setOpen(true);
  }, [faultInside]);
  const deviating = changedFields(formOfSettings(), values).filter(field =>
    ADVANCED.includes(field.area),
  ).length;
  const areas = ADVANCED.filter(area =>
    FIELD_LIST.some(
      field => field.area === area && appliesTo(field, grantOrKind),
    ),
  );

  return (
    <>
      <section className={classes.section} aria-labelledby={`${id}-general`}>
        <Typography id={`${id}-general`} variant="h5" component="h3">
          {t('editor.general')}
        </Typography>
        <General />
      </section>
      <section className={classes.section} aria-labelledby={`${id}-auth`}>
        <Typography id={`${id}-auth`} variant="h5" component="h3" gutterBottom>
          {t('editor.authentication')}
        </Typography>
        <Area area="authentication" values={values} />
        {hasRedirectUri(grantOrKind) && <RedirectUri />}
      </section>
      <Accordion
        expanded={open}
        onChange={(_, expanded) => setOpen(expanded)}
        TransitionProps={{ unmountOnExit: true, timeout: 0 }}
      >
        <AccordionSummary
          id={`${id}-advanced`}
          aria-controls={`${id}-advanced-content`}
          expandIcon={<ExpandMoreIcon />}
        >
          <Typography>{t('editor.advanced')}</Typography>
          {deviating > 0 && (
            <Box ml={1}>
              <Chip
                size="small"
                label={deviating}
                aria-label={t('editor.advancedCount', { count: deviating })}
              />
            </Box>
          )}
        </AccordionSummary>
        <AccordionDetails>
          <Box width="100%">
            {areas.map(area => (
              <section
                key={area}
                className={classes.area}
                aria-labelledby={`${id}-${area}`}
              >
                <Typography
                  id={`${id}-${area}`}
                  variant="subtitle1"
                  component="h4"
                >
                  {t(`editor.area.${area as 'callback'}`)}
                </Typography>
                <Area area={area} values={values} />
              </section>
            ))}
          </Box>
        </AccordionDetails>
      </Accordion>
    </>
  );
};
